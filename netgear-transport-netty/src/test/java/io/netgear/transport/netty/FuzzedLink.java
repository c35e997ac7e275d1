package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.PixelFormat;
import io.netgear.Security;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.Ticker;
import io.netgear.spi.WebSpec;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A link with one connection, and an application that uses it: all of it on the calling thread,
 * without a network, and with a clock of its own. After {@link #end} nothing may be left of it.
 *
 * <p>In one piece because what an input may not do is a list of what is looked at here.
 */
final class FuzzedLink {
  static final int LIMIT = 6_000;
  static final String TOKEN = "0123456789abcdef";

  /** What a fuzzer writes where the number of a request belongs, which is made at random. */
  private static final byte[] NUMBER = {'N', 'U', 'M', 'B'};

  private static final int POOL = 3 * LIMIT;

  /** What Netty makes once, in bytes. */
  private static final long MOST_CONSTANT = 1_024;

  private static final int MOST_REASON = 400;
  private static final int MOST_ROUNDS = 1_000;

  /** For a request, an answer, or a farewell. */
  private static final int MOST_PATIENCE_MS = 21_000;

  private static final Address AT = new Address("tcp", "127.0.0.1", 5555);
  private static final InetSocketAddress PLACE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5555);
  private static final Timing TIMING = new Timing(5_000, 5_000, 2_000, 20, 1_000, 300);

  /** Whether nobody else in this process has buffers of Netty's. */
  private static final boolean ALONE = Boolean.getBoolean("netgear.fuzz.alone");

  private static final byte[] JPEG =
      HexFormat.of()
          .parseHex("ffd8ffc0000b08000100020101110000ffda0003" + "00".repeat(40) + "ffd9");

  private final LeakCheckingPool pool = new LeakCheckingPool(POOL);

  /** What the application sends has room whatever comes. */
  private final LeakCheckingPool own = new LeakCheckingPool();

  private final RecordingEvents events = new RecordingEvents();
  private final List<Runnable> tellers = new ArrayList<>();
  private final List<String> logged = new ArrayList<>();
  private final Handler log = new Log();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Clock clock = new Clock();
  private final FuzzedInput input;
  private final LinkRole role;
  private final Peers peers;
  private final EventTeller teller;
  private final ManualIoEventLoop tasks;
  private final LinkLoop loop;
  private final Connection connection;
  private final FuzzedChannel channel;

  FuzzedLink(FuzzedInput input, LinkRole role, boolean dials, WebSpec web) {
    this.input = input;
    this.role = role;
    LinkSpec spec =
        new LinkSpec(
            role,
            !dials,
            List.of(AT),
            1,
            LIMIT,
            Security.NONE,
            pool,
            events,
            Ticker.SYSTEM,
            "fuzzed",
            web);
    peers = new Peers(spec);
    teller = new EventTeller(events, spec.name(), this::teller);
    tasks = new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), clock);
    loop = new LinkLoop(spec, Carrier.NIO, TIMING, null, teller, peers, tasks);
    if (web != null) {
      loop.web().at(AT, PLACE);
      loop.web().open();
    }
    channel = new FuzzedChannel(input.has(FuzzedInput.STUCK));
    connection = new Connection(loop, AT, dials ? dialer() : null);
    Logger.getLogger("").addHandler(log);
    channel.pipeline().addLast(connection);
    try {
      channel.register();
    } catch (Exception e) {
      throw new AssertionError("a connection cannot begin", e);
    }
  }

  /** It never runs; what it is to tell is asked for at the end. */
  private Thread teller(Runnable work) {
    return new Thread(work) {
      @Override
      public synchronized void start() {
        tellers.add(work);
      }
    };
  }

  private Dialer dialer() {
    Dialer dialer = new Dialer(loop, AT, AT, List.of(PLACE));
    dialer.stop(); // it has what it wants
    return dialer;
  }

  private static long unpooled() {
    return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  /** Of the link's loop, which waits for it to move on when it ends. */
  private static final class Clock implements io.netty.util.concurrent.Ticker {
    private long now;

    @Override
    public long initialNanoTime() {
      return 0;
    }

    @Override
    public long nanoTime() {
      return now++;
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
      now += unit.toNanos(delay);
    }
  }

  /** Warnings of the calling thread's, none of which a peer may cause. */
  private final class Log extends Handler {
    private final Thread thread = Thread.currentThread();

    @Override
    public void publish(LogRecord record) {
      if (Thread.currentThread().equals(thread)
          && record.getLevel().intValue() >= Level.WARNING.intValue()) {
        logged.add(record.getMessage() + " " + record.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** What this end has said so far. */
  byte[] said() {
    return said.toByteArray();
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  boolean isReady() {
    return connection.isReady();
  }

  List<String> refused() {
    return events.refused();
  }

  // ---- what happens

  /** The peer says all of it in one go. */
  void hear(byte[] bytes) {
    hear(bytes, 0, bytes.length);
  }

  /** The peer says what the input has, in pieces, and the application does something between. */
  void hearAll() {
    byte[] bytes = input.said();
    for (int at = 0; at < bytes.length && channel.isOpen(); ) {
      int end = input.endOfPiece(at);
      hear(bytes, at, end);
      if (input.has(FuzzedInput.SLOW)) {
        pass(TIMING.heartbeatMs());
      }
      if (!input.has(FuzzedInput.IDLE)) {
        use(bytes, end);
      } else if (!channel.config().isAutoRead() && !input.has(FuzzedInput.READS_ON)) {
        return;
      }
      at = end;
    }
  }

  private void hear(byte[] bytes, int from, int to) {
    for (int at = from; at < to && channel.isOpen(); ) {
      ByteBuf target = connection.target();
      int count = Math.min(target.writableBytes(), to - at);
      target.writeBytes(bytes, at, count);
      at += count;
      boolean unused = channel.writeInbound(target);
      run();
    }
  }

  private void run() {
    int rounds = 0;
    do {
      channel.runPendingTasks();
      assertThat(rounds++).as("tasks that make tasks").isLessThan(MOST_ROUNDS);
    } while (tasks.runNow() > 0);
    channel.runPendingTasks();
    said.writeBytes(channel.written());
  }

  /** Time passes. */
  void pass(long millis) {
    clock.sleep(millis, TimeUnit.MILLISECONDS);
    run();
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    run();
  }

  /**
   * The application does what it does in its role.
   *
   * @param bytes where the number of a request is put in place of its name
   */
  private void use(byte[] bytes, int from) {
    switch (role) {
      case PUBLISH -> publish();
      case REQUEST -> ask(bytes, from);
      case PUSH, PAIR -> peers.send(message(), Links.in(0));
      default -> {}
    }
    run();
    take();
  }

  private void publish() {
    peers.publish(message(), dropped -> {});
    if (loop.web() != null) {
      show();
    }
  }

  /** A picture of two pixels comes. */
  void show() {
    PooledBuffer payload = own.acquire(JPEG.length);
    payload.bytes().duplicate().put(JPEG);
    boolean unused =
        loop.web()
            .show(
                new FrameHeader(
                    Encoding.jpeg(PixelFormat.BGR, true, false), null, "2", null, 1, 1, "s", 0),
                payload);
    payload.release();
    run();
  }

  private void ask(byte[] bytes, int from) {
    if (peers.replyAwaited()) {
      Lane silent = peers.abandonRequest();
      if (silent != null) {
        silent.connection.giveUpSoon();
      }
    }
    int before = said.size();
    peers.send(message(), Links.in(0));
    run();
    byte[] asked = said.toByteArray();
    if (asked.length > before + 2 + NUMBER.length) {
      replaceNumber(bytes, from, asked, before + 2);
    }
  }

  private static void replaceNumber(byte[] bytes, int from, byte[] asked, int numberAt) {
    for (int i = from; i + NUMBER.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + NUMBER.length, NUMBER, 0, NUMBER.length)) {
        System.arraycopy(asked, numberAt, bytes, i, NUMBER.length);
      }
    }
  }

  private Message message() {
    PooledBuffer large = own.acquire(1_500);
    return Message.of(PooledBuffer.unpooled(ByteBuffer.wrap(new byte[] {'h', 'i'})), large);
  }

  /** All that has come, and answers it. */
  private void take() {
    while (role.receives() || role == LinkRole.REQUEST) {
      Message message = peers.receive(Links.in(0));
      if (message == null) {
        return;
      }
      assertThat(bytes(message)).isLessThanOrEqualTo(LIMIT);
      if (role == LinkRole.REPLY || role == LinkRole.PAIR) {
        peers.reply(message);
      } else {
        message.close();
      }
      run();
    }
  }

  private static long bytes(Message message) {
    long bytes = 0;
    for (int i = 0; i < message.parts(); i++) {
      bytes += message.part(i).remaining();
    }
    return bytes;
  }

  // ---- the end

  /** All ends, in one of the orders in which it may. Nothing is left then. */
  void end() {
    try {
      if (input.has(FuzzedInput.HANGS_UP)) {
        boolean unused = channel.close().isDone();
        run();
      } else {
        outlast();
      }
      take();
      peers.close();
      loop.close();
      pass(TIMING.lingerMs() + 1L);
      pass(TIMING.handshakeMs());
      run();
      assertThat(tasks.isTerminated()).as("the link has ended").isTrue();
      assertThat(channel.isOpen()).as("the connection is open").isFalse();
      boolean unused = channel.finishAndReleaseAll();
      channel.checkException();
      assertNothingIsLeft();
    } finally {
      Logger.getLogger("").removeHandler(log);
      teller.close();
    }
    tellers.forEach(Runnable::run);
    for (String reason : events.refused()) {
      assertThat(reason).isNotBlank().hasSizeLessThan(MOST_REASON).doesNotContain("Exception");
    }
    assertThat(logged).as("what is logged as if it were this end's fault").isEmpty();
  }

  /** Who is neither a peer nor a viewer by then is not let stay. */
  private void outlast() {
    for (int i = 0; i < 3; i++) {
      pass(MOST_PATIENCE_MS);
    }
    boolean views = channel.pipeline().get("viewer") != null;
    assertThat(channel.isOpen() && !isReady() && !views).as("a stranger has outlasted").isFalse();
  }

  private void assertNothingIsLeft() {
    pool.assertNothingLent();
    own.assertNothingLent();
    PooledBuffer most = loop.reservations().reserve(LIMIT * 2);
    assertThat(most).as("what may be had when nothing is reserved").isNotNull();
    most.release();
    assertThat(channel.lent()).as("memory of the connection's").isZero();
    assertThat(loop.scratch().refCnt()).as("owners of the link's memory").isZero();
    if (ALONE) {
      assertThat(unpooled()).as("memory of Netty's").isLessThan(MOST_CONSTANT);
    }
  }
}
