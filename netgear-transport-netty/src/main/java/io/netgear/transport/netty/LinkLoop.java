package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.TransportException;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.PooledBuffer;
import io.netgear.transport.netty.web.WebDoor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one thread on which everything of a link happens that has to do with the network, and what is
 * shared by its connections. It sleeps while nothing happens, and ends with the link.
 */
final class LinkLoop {
  static final int SCRATCH_BYTES = 16 * 1024;

  /** Connections of a link; further ones are turned away. */
  static final int MOST_CONNECTIONS = 1_024;

  /** Those among them that have not said yet who they are; then the oldest makes way. */
  static final int MOST_STRANGERS = 64;

  /** Bytes that were read, and wait for room, over all connections, besides what each has. */
  private static final long MOST_IN_BACKLOGS = 32L << 20;

  private static final long CLOSING_MS = 600;
  private static final long LOOK_EVERY_MS = 100;

  private final LinkSpec spec;
  private final SocketType type;
  private final Carrier carrier;
  private final Timing timing;
  private final Tls tls;
  private final EventTeller teller;
  private final Peers peers;
  private final Reservations reservations;
  private final IoEventLoopGroup group;
  private final List<Acceptor> acceptors = new ArrayList<>();
  private final List<Dialer> dialers = new ArrayList<>();
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final Backlog.Shared backlogs = new Backlog.Shared(MOST_IN_BACKLOGS);
  private final ByteBuf scratch;

  /** Null where no browsers are served. */
  private final WebDoor web;

  private Future<?> turns;
  private boolean closing;
  private boolean finishing;

  /**
   * @param tls what stands between all connections and the network, and ends with the loop; null
   *     for nothing
   */
  LinkLoop(
      LinkSpec spec, Carrier carrier, Timing timing, Tls tls, EventTeller teller, Peers peers) {
    this(spec, carrier, timing, tls, teller, peers, group(spec, carrier));
  }

  /**
   * As the other one.
   *
   * @param group of one event loop, which is the link's and ends with it
   */
  LinkLoop(
      LinkSpec spec,
      Carrier carrier,
      Timing timing,
      Tls tls,
      EventTeller teller,
      Peers peers,
      IoEventLoopGroup group) {
    this.spec = spec;
    this.type = SocketType.of(spec.role());
    this.carrier = carrier;
    this.timing = timing;
    this.tls = tls;
    this.teller = teller;
    this.peers = peers;
    this.reservations = new Reservations(spec.pool());
    this.group = group;
    this.web =
        spec.web() == null
            ? null
            : new WebDoor(
                spec,
                group.next(),
                this::execute,
                timing.handshakeMs(),
                timing.heartbeatMs(),
                teller::refused,
                this::finishWhenDone);
    this.scratch = Unpooled.directBuffer(SCRATCH_BYTES, SCRATCH_BYTES);
  }

  private static IoEventLoopGroup group(LinkSpec spec, Carrier carrier) {
    ThreadFactory threads = work -> thread(work, spec);
    try {
      return new MultiThreadIoEventLoopGroup(1, threads, carrier.handlers());
    } catch (ChannelException | IllegalStateException e) {
      throw new TransportException(
          "Cannot open link "
              + spec.name()
              + ": the system has no more file descriptors for it. Close links, or raise the limit (ulimit -n).",
          e);
    }
  }

  private static Thread thread(Runnable work, LinkSpec spec) {
    Thread thread = new FastThreadLocalThread(work, "netgear-netty-" + spec.name());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Binds all addresses, or begins to connect to them.
   *
   * @return the addresses with the ports that they got
   */
  List<Address> open() {
    List<Address> bound = new ArrayList<>();
    try {
      for (Address address : spec.addresses()) {
        if (spec.bind()) {
          Acceptor acceptor = Acceptor.bind(this, address);
          acceptors.add(acceptor);
          bound.add(acceptor.address());
          if (web != null && !Places.isFile(address)) {
            web.at(acceptor.address(), acceptor.place());
          }
        } else {
          Address way = spec.through() == null ? address : spec.through();
          dialers.add(new Dialer(this, address, way, Places.of(way, false, carrier)));
          bound.add(address);
        }
      }
    } catch (TransportException e) {
      close();
      throw e;
    }
    if (web != null) {
      web.open();
    }
    dialers.forEach(dialer -> execute(dialer::dial));
    return List.copyOf(bound);
  }

  LinkSpec spec() {
    return spec;
  }

  SocketType type() {
    return type;
  }

  Carrier carrier() {
    return carrier;
  }

  Timing timing() {
    return timing;
  }

  EventTeller teller() {
    return teller;
  }

  Peers peers() {
    return peers;
  }

  /** Null where there is none. */
  Tls tls() {
    return tls;
  }

  Reservations reservations() {
    return reservations;
  }

  /** What those who hung up with something unread share. */
  Backlog.Shared backlogs() {
    return backlogs;
  }

  IoEventLoopGroup group() {
    return group;
  }

  /** Who serves browsers; null for nobody. */
  WebDoor web() {
    return web;
  }

  /** Where bytes are read whose place is not known yet. */
  ByteBuf scratch() {
    return scratch;
  }

  boolean closing() {
    return closing;
  }

  /** Runs {@code task} on the link's thread; not at all once the link has ended. */
  void execute(Runnable task) {
    try {
      group.execute(task);
    } catch (RejectedExecutionException e) {
      // the link has ended, and with it all that the task is about
      assert group.isShuttingDown();
    }
  }

  /** Prepares the channel of a connection that is about to be made. */
  ChannelInitializer<Channel> initializer(Address at, Dialer dialer) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (!Places.isFile(at)) {
          channel.config().setOption(ChannelOption.TCP_NODELAY, true);
          channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
          carrier.keepAlive(channel.config());
        }
        begin(channel, at, dialer);
      }
    };
  }

  /**
   * Puts into the pipeline what speaks with peers that were accepted, or are met, at {@code at}.
   */
  private void begin(Channel channel, Address at, Dialer dialer) {
    Connection connection = new Connection(this, at, dialer);
    if (tls == null) {
      channel.config().setRecvByteBufAllocator(new Landing(connection::target, SCRATCH_BYTES));
    } else {
      tls.readAtOnce(channel);
      channel.pipeline().addLast(tls.handler(channel, at));
    }
    channel.pipeline().addLast(connection);
  }

  /** Whether there is room for one more connection, which is counted from now on. */
  boolean admit(Connection connection) {
    if (connections.size() + peers.unread() >= MOST_CONNECTIONS) {
      return false;
    }
    List<Connection> strangers = connections.stream().filter(Connection::isStranger).toList();
    if (strangers.size() >= MOST_STRANGERS) {
      // whoever means well says so within moments: the one that has waited longest does not
      strangers.get(0).makeWay();
    }
    connections.add(connection);
    if (turns == null) {
      turns =
          group
              .next()
              .scheduleWithFixedDelay(
                  this::turn, timing.heartbeatMs(), timing.heartbeatMs(), TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private void turn() {
    List.copyOf(connections).forEach(Connection::turn);
  }

  void ended(Connection connection) {
    connections.remove(connection);
    if (connections.isEmpty() && turns != null) {
      turns.cancel(false);
      turns = null;
    }
    finishWhenDone();
  }

  /** Ends the use of {@code part}, and returns when it is given back. */
  void takeBack(PooledBuffer part) {
    Promise<Void> givenBack = group.next().newPromise();
    execute(() -> takeBack(part, givenBack));
    await(givenBack);
  }

  private void await(Future<?> done) {
    boolean over = false;
    while (!over) {
      // with the thread everything has ended
      over = done.awaitUninterruptibly(LOOK_EVERY_MS) || group.isTerminated();
    }
  }

  /** Whether what is being sent can go on from other memory: where nothing encrypts it. */
  boolean canLetGo() {
    return tls == null && (spec.role() == LinkRole.PUSH || spec.role() == LinkRole.PAIR);
  }

  /**
   * Has what is left of {@code part} sent from {@code spare}, and returns when it is given back.
   *
   * @return whether nothing was left
   */
  boolean letGo(PooledBuffer part, PooledBuffer spare) {
    Promise<Boolean> givenBack = group.next().newPromise();
    execute(() -> letGo(part, spare, givenBack));
    await(givenBack);
    if (givenBack.cause() != null) {
      takeBack(part);
      throw new IllegalStateException(
          "What is left of a part could not be copied: its connection was closed.",
          givenBack.cause());
    }
    return givenBack.isSuccess() && givenBack.getNow();
  }

  private void letGo(PooledBuffer part, PooledBuffer spare, Promise<Boolean> givenBack) {
    try {
      boolean nothing = true;
      for (Connection connection : connections) {
        nothing &= !connection.letGo(part, spare);
      }
      givenBack.setSuccess(nothing);
    } catch (RuntimeException | Error e) { // too little room, or memory that cannot be read
      givenBack.setFailure(e);
    }
  }

  private void takeBack(PooledBuffer part, Promise<Void> givenBack) {
    PromiseCombiner all = new PromiseCombiner(group.next());
    for (Connection connection : List.copyOf(connections)) {
      Future<?> one = connection.takeBack(part);
      if (one != null) {
        all.add(one);
      }
    }
    all.finish(givenBack);
  }

  // ---- the end

  /**
   * Frees the ports, gives what was accepted a moment to be written, and ends. Returns when all
   * memory is given back and the thread has ended, or at the latest after {@value #CLOSING_MS} ms.
   */
  void close() {
    execute(this::beginToClose);
    boolean interrupted = false;
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSING_MS);
    boolean ended = group.next().inEventLoop();
    for (long left = CLOSING_MS; !ended && left > 0; left = remaining(until)) {
      try {
        // the JDK lets go of a port only when the thread that watched it has looked once more
        ended = group.awaitTermination(left, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long remaining(long until) {
    return TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
  }

  private void beginToClose() {
    closing = true;
    acceptors.forEach(Acceptor::close);
    dialers.forEach(Dialer::stop);
    if (web != null) {
      web.close();
    }
    List.copyOf(connections).stream()
        .filter(connection -> !connection.isReady())
        .forEach(Connection::close);
    Future<?> unused =
        group.next().schedule(this::finish, timing.lingerMs(), TimeUnit.MILLISECONDS);
    drained();
  }

  /** Something was written. */
  void drained() {
    if (closing && !finishing && !peers.owesAnything()) {
      finish();
    }
  }

  private void finish() {
    finishing = true;
    List.copyOf(connections).forEach(Connection::close);
    if (web != null) {
      web.finish();
    }
    finishWhenDone();
  }

  private void finishWhenDone() {
    boolean empty = connections.isEmpty() && (web == null || web.isEmpty());
    if (finishing && empty && !group.isShuttingDown()) {
      scratch.release();
      if (tls != null) {
        tls.close();
      }
      Future<?> unused = group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }
  }
}
