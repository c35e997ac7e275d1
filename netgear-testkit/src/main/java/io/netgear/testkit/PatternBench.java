package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.Security;
import io.netgear.spi.Answer;
import io.netgear.spi.Conduct;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Encoding;
import io.netgear.spi.Feature;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.Pattern;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.ReceiveConversation;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendResult;
import io.netgear.spi.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The two sides of one pattern, in one test: a sender's and a receiver's conversation over links in
 * memory, on a clock that stands still. The bench belongs to the test's thread; what blocks runs on
 * threads that it starts.
 */
public final class PatternBench {
  static final Duration TIMEOUT = Duration.ofSeconds(4);
  static final Duration IDLE_LIMIT = Duration.ofSeconds(12);
  static final String SENDER = "sender";
  static final String RECEIVER = "receiver";

  private static final int PATIENCE_SECONDS = 20;
  private static final Address ADDRESS = Address.parse("mem://receiver:5555");
  private static final Encoding ENCODING = Encoding.raw(FrameFormat.of(4, 3, PixelFormat.GRAY));

  private final Pattern pattern;
  private final FakeTicker ticker;
  private final InMemoryNetwork network = new InMemoryNetwork();
  private final InMemoryTransport transport = new InMemoryTransport(network);
  private final WireFormat wire = new PlainWire();
  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final RecordingEvents senderEvents = new RecordingEvents();
  private final RecordingEvents receiverEvents = new RecordingEvents();
  private final RecordingInbox inbox;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  private final List<Link> multiServerLinks = new ArrayList<>();
  private Link senderLink;
  private Link receiverLink;
  private SendConversation sender;
  private ReceiveConversation receiver;

  PatternBench(Pattern pattern) {
    this(pattern, Duration.ofSeconds(PATIENCE_SECONDS));
  }

  /**
   * For a pattern that is expected to fail: {@code patience} is how long to wait for it to do
   * right.
   */
  PatternBench(Pattern pattern, Duration patience) {
    this.pattern = pattern;
    this.ticker = new FakeTicker(patience);
    this.inbox = new RecordingInbox(patience);
  }

  /** Opens both sides for frames one way, giving up after {@code maxRetries} failures. */
  void open(int maxRetries) {
    open(conduct(false, maxRetries, Duration.ZERO));
  }

  void open(Conduct conduct) {
    receiverLink = openLink(pattern.receiverRole(), true, receiverEvents, RECEIVER);
    senderLink = openLink(pattern.senderRole(), false, senderEvents, SENDER);
    sender = pattern.sending(dialogue(senderLink, conduct, senderEvents, closing));
    receiver =
        pattern.receiving(
            dialogue(receiverLink, conduct, receiverEvents, new AtomicBoolean()), inbox);
  }

  /**
   * Opens a receiver that binds several ports and a sender to each, which gives up after 3
   * failures; so does the receiver with those that are silent for {@code idleLimit}, if it is not
   * zero.
   */
  List<SendConversation> openMultiServer(int senders, Duration idleLimit) {
    List<Address> addresses = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      addresses.add(ADDRESS.withPort(port(i)));
    }
    receiverLink = openLink(pattern.receiverRole(), true, addresses, receiverEvents, RECEIVER);
    receiver =
        pattern.receiving(
            dialogue(
                receiverLink, multiServer(null, idleLimit), receiverEvents, new AtomicBoolean()),
            inbox);
    List<SendConversation> conversations = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      Link link =
          openLink(
              pattern.senderRole(), false, List.of(addresses.get(i)), senderEvents, SENDER + i);
      multiServerLinks.add(link);
      Conduct conduct = multiServer(port(i), idleLimit);
      conversations.add(pattern.sending(dialogue(link, conduct, senderEvents, closing)));
    }
    return conversations;
  }

  /** The port of one of several senders. */
  int port(int sender) {
    return ADDRESS.port() + sender;
  }

  List<Link> multiServerLinks() {
    return multiServerLinks;
  }

  private static Conduct multiServer(Object port, Duration idleLimit) {
    return new Conduct(
        false, WireFormat.AnswerStyle.PLAIN, true, port, TIMEOUT.toNanos(), idleLimit.toNanos(), 3);
  }

  static Conduct conduct(boolean returnsData, int maxRetries, Duration idleLimit) {
    return new Conduct(
        returnsData,
        returnsData ? WireFormat.AnswerStyle.DATA : WireFormat.AnswerStyle.PLAIN,
        false,
        null,
        TIMEOUT.toNanos(),
        idleLimit.toNanos(),
        maxRetries);
  }

  private Dialogue dialogue(
      Link link, Conduct conduct, RecordingEvents events, AtomicBoolean closing) {
    return new Dialogue(link, wire, conduct, events, ticker, closing::get);
  }

  private Link openLink(LinkRole role, boolean bind, RecordingEvents events, String name) {
    return openLink(role, bind, List.of(ADDRESS), events, name);
  }

  private Link openLink(
      LinkRole role, boolean bind, List<Address> addresses, RecordingEvents events, String name) {
    return transport.open(
        new LinkSpec(
            role,
            bind,
            addresses,
            pattern.linkQueueDepth(),
            1 << 20,
            Security.NONE,
            pool,
            events,
            ticker,
            name));
  }

  /** Opens the receiver's link anew, after it was closed. */
  void reopenReceiver(int maxRetries) {
    receiverLink = openLink(pattern.receiverRole(), true, receiverEvents, RECEIVER);
    Conduct conduct = conduct(false, maxRetries, Duration.ZERO);
    receiver =
        pattern.receiving(
            dialogue(receiverLink, conduct, receiverEvents, new AtomicBoolean()), inbox);
  }

  Pattern pattern() {
    return pattern;
  }

  boolean acknowledges() {
    return pattern.features().contains(Feature.ACKNOWLEDGES);
  }

  FakeTicker ticker() {
    return ticker;
  }

  InMemoryNetwork network() {
    return network;
  }

  RecordingInbox inbox() {
    return inbox;
  }

  RecordingEvents senderEvents() {
    return senderEvents;
  }

  RecordingEvents receiverEvents() {
    return receiverEvents;
  }

  Link senderLink() {
    return senderLink;
  }

  Link receiverLink() {
    return receiverLink;
  }

  ReceiveConversation receiver() {
    return receiver;
  }

  SendConversation sender() {
    return sender;
  }

  /** This end is asked to close while it may be waiting. */
  void beginClosing() {
    closing.set(true);
  }

  /** Sends frame {@code number} on a thread of its own. */
  FutureTask<SendConversation.Outcome> send(int number) {
    return start(() -> sender.send(frame(number), number));
  }

  /** Sends frame {@code number}, lets the receiver serve it, and gives what became of it. */
  SendConversation.Outcome deliver(int number) throws Exception {
    FutureTask<SendConversation.Outcome> sending = send(number);
    assertThat(serve()).as("the receiver goes on").isTrue();
    return resultOf(sending);
  }

  /** Whether the frame is on its way or there, by what its sender was told. */
  static boolean arrives(SendConversation.Outcome outcome) {
    return outcome.status() == Receipt.Status.ACKNOWLEDGED
        || outcome.status() == Receipt.Status.SENT;
  }

  /** Serves the next message, in the test's thread. */
  boolean serve() {
    return receiver.serve(Deadline.never(ticker));
  }

  /** Serves what is there already. */
  boolean serveAtOnce() {
    return receiver.serve(Deadline.after(Duration.ZERO, ticker));
  }

  /**
   * A frame's message: its number is in the header, in the application's message and in the
   * payload.
   */
  Message frame(int number) {
    return frame(number, null);
  }

  /** A frame of the sender on {@code port}. */
  Message frame(int number, Object port) {
    return frame(number, port, -1);
  }

  /** A frame of one of the lives of the sender on {@code port}; null and -1 for none told. */
  Message frame(int number, Object port, long life) {
    byte[] bytes = payload(number);
    PooledBuffer payload = pool.acquire(bytes.length);
    payload.bytes().put(0, bytes);
    FrameHeader header =
        new FrameHeader(
            ENCODING,
            "message " + number,
            pattern.name(),
            port,
            number,
            ticker.epochMicros(),
            SENDER,
            FrameHeader.UNKNOWN_OFFSET,
            life);
    return wire.frame(header, payload);
  }

  static byte[] payload(int number) {
    return TestBytes.random(12, number);
  }

  /** The answer of an application to frame {@code sequence}. */
  Message answer(String data, long sequence) {
    return wire.answer(
        new Answer(data, null, null, null, sequence, -1, -1), WireFormat.AnswerStyle.DATA);
  }

  Message goodbye(Object port) {
    return goodbye(port, -1);
  }

  /** The goodbye of one of a sender's lives. */
  Message goodbye(Object port, long life) {
    return wire.goodbye(port, life);
  }

  static Message nonsense() {
    return Message.of("nonsense\nnot a line".getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a message on the wire that the pattern did not make. */
  void sendRaw(Message message) {
    sendRaw(senderLink, message);
  }

  void sendRaw(Link link, Message message) {
    assertThat(link.send(message, Deadline.after(TIMEOUT, ticker))).isEqualTo(SendResult.SENT);
  }

  void takeAnswerToRaw() {
    takeAnswerToRaw(senderLink);
  }

  /** What the receiver said to what {@link #sendRaw} sent, where the pattern answers everything. */
  void takeAnswerToRaw(Link link) {
    if (pattern.senderRole() == LinkRole.REQUEST) {
      try (Message answer = link.receive(Deadline.after(Duration.ZERO, ticker))) {
        assertThat(answer).as("an answer to what is no frame").isNotNull();
      }
    }
  }

  /** The acknowledgement of frame {@code number}, as one part. */
  byte[] acknowledgement(int number) {
    try (Message message =
        wire.answer(
            Answer.acknowledgement(number, ticker.epochMicros(), ticker.epochMicros()),
            WireFormat.AnswerStyle.PLAIN)) {
      byte[] bytes = new byte[message.part(0).remaining()];
      message.part(0).get(0, bytes);
      return bytes;
    }
  }

  /** Lets the time pass that a sender waits at most, once it waits. */
  void runIntoTimeout() throws InterruptedException {
    ticker.awaitWaiting(1);
    ticker.advance(TIMEOUT);
  }

  /**
   * Lets time pass while {@code task} waits for it, and gives its result, which must be there
   * before {@link #TIMEOUT} has passed in all.
   */
  <T> T resultWithinTimeout(FutureTask<T> task) throws Exception {
    Duration step = Duration.ofMillis(20);
    Duration passed = Duration.ZERO;
    long patienceEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!task.isDone() && System.nanoTime() - patienceEnds < 0) {
      if (ticker.waiting() > 0 && passed.compareTo(TIMEOUT) < 0) {
        ticker.advance(step);
        passed = passed.plus(step);
      }
      Thread.onSpinWait();
    }
    assertThat(task.isDone()).as("done after %s of the fake clock", passed).isTrue();
    return task.get();
  }

  /** The sequence numbers of the frames that arrived. */
  List<Long> arrived() {
    return inbox.arrivals().stream().map(arrival -> arrival.header().sequence()).toList();
  }

  <T> FutureTask<T> start(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(future, "pattern-bench-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return future;
  }

  static <T> T resultOf(FutureTask<T> task) throws Exception {
    return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void close() throws InterruptedException {
    inbox.close();
    if (senderLink != null) {
      senderLink.close();
    }
    multiServerLinks.forEach(Link::close);
    if (receiverLink != null) {
      receiverLink.close();
    }
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }
  }

  void assertNothingLeaked() {
    assertThat(threads).as("threads of the test still running").noneMatch(Thread::isAlive);
    pool.assertNothingLent();
  }
}
