package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Security;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.spi.Ticker;
import io.netgear.spi.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Links of one test, the memory that they share, and short words for what tests do with them. Links
 * may be used by other threads of the test; the bench itself belongs to the test's thread.
 *
 * <p>Every part that is sent lies in the middle of a larger pooled buffer, and is overwritten as
 * soon as the link gives it back: a link that reads it later, or reads beside it, sends nonsense.
 */
public final class LinkBench {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Long enough to be noticed when it is kept, short enough to be waited out. */
  static final Duration A_MOMENT = Duration.ofMillis(60);

  private static final int MARGIN = 16;
  private static final int QUEUE_DEPTH = 8;
  private static final long MAX_MESSAGE_BYTES = 64L << 20;

  private final Transport transport;
  private final Address bindAddress;
  private final Security security;
  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final List<Link> links = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private int opened;

  LinkBench(TransportUnderTest subject) {
    this.transport = subject.transport();
    this.bindAddress = subject.bindAddress();
    this.security = subject.security();
  }

  Transport transport() {
    return transport;
  }

  LeakCheckingPool pool() {
    return pool;
  }

  /** A specification with the bench's pool and a listener that nobody asks. */
  LinkSpec spec(LinkRole role, boolean bind, Address... addresses) {
    return spec(role, bind, new RecordingEvents(), addresses);
  }

  LinkSpec spec(LinkRole role, boolean bind, RecordingEvents events, Address... addresses) {
    return new LinkSpec(
        role,
        bind,
        addresses.length == 0 ? List.of(bindAddress) : List.of(addresses),
        QUEUE_DEPTH,
        MAX_MESSAGE_BYTES,
        security,
        pool,
        events,
        Ticker.SYSTEM,
        "bench-" + role + "-" + opened++);
  }

  static LinkSpec withLimit(LinkSpec spec, long maxMessageBytes) {
    return new LinkSpec(
        spec.role(),
        spec.bind(),
        spec.addresses(),
        spec.queueDepth(),
        maxMessageBytes,
        spec.security(),
        spec.pool(),
        spec.events(),
        spec.ticker(),
        spec.name());
  }

  static LinkSpec withSecurity(LinkSpec spec, Security security) {
    return new LinkSpec(
        spec.role(),
        spec.bind(),
        spec.addresses(),
        spec.queueDepth(),
        spec.maxMessageBytes(),
        security,
        spec.pool(),
        spec.events(),
        spec.ticker(),
        spec.name());
  }

  /** Opens a link that the bench closes at the end, if the test did not. */
  Link open(LinkSpec spec) {
    Link link = transport.open(spec);
    links.add(link);
    return link;
  }

  Link bind(LinkRole role) {
    return open(spec(role, true));
  }

  Link bind(LinkRole role, RecordingEvents events) {
    return open(spec(role, true, events));
  }

  Link connect(LinkRole role, Link... bound) {
    return connect(role, new RecordingEvents(), bound);
  }

  Link connect(LinkRole role, RecordingEvents events, Link... bound) {
    return open(spec(role, false, events, addressesOf(bound)));
  }

  static Address[] addressesOf(Link... bound) {
    Address[] addresses = new Address[bound.length];
    for (int i = 0; i < bound.length; i++) {
      addresses[i] = bound[i].addresses().get(0);
    }
    return addresses;
  }

  /** An address at which nobody listens: a link was bound there a moment ago. */
  Address deserted(LinkRole role) {
    try (Link link = bind(role)) {
      return link.addresses().get(0);
    }
  }

  /** A deadline that no test should see pass. */
  static Deadline patiently() {
    return Deadline.after(PATIENCE, Ticker.SYSTEM);
  }

  /** A deadline that is meant to pass. */
  static Deadline briefly() {
    return Deadline.after(A_MOMENT, Ticker.SYSTEM);
  }

  /** A deadline that is further away than any test may take. */
  static Deadline aDay() {
    return Deadline.after(Duration.ofDays(1), Ticker.SYSTEM);
  }

  /** A deadline that has passed. */
  static Deadline atOnce() {
    return Deadline.after(Duration.ZERO, Ticker.SYSTEM);
  }

  /** A message in pooled memory. */
  Message message(byte[]... parts) {
    PooledBuffer[] buffers = new PooledBuffer[parts.length];
    for (int i = 0; i < parts.length; i++) {
      buffers[i] = pool.acquire(parts[i].length + 2 * MARGIN);
      ByteBuffer bytes = buffers[i].bytes();
      bytes.put(MARGIN, parts[i]);
      bytes.limit(MARGIN + parts[i].length).position(MARGIN);
    }
    return Message.of(buffers);
  }

  Message message(String text) {
    return message(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a message that must be accepted. */
  void send(Link link, byte[]... parts) {
    assertThat(link.send(message(parts), patiently())).isEqualTo(SendResult.SENT);
  }

  void send(Link link, String text) {
    send(link, text.getBytes(StandardCharsets.UTF_8));
  }

  void reply(Link link, String text) {
    link.reply(message(text));
  }

  /** The parts of the next message, which must come. */
  byte[][] receiveParts(Link link) {
    byte[][] parts = partsOf(link.receive(patiently()));
    assertThat(parts).as("a message within %s", PATIENCE).isNotNull();
    return parts;
  }

  /** The parts of the next message, or null when none comes within {@link #A_MOMENT}. */
  byte[][] receivePartsBriefly(Link link) {
    return partsOf(link.receive(briefly()));
  }

  private static byte[][] partsOf(Message received) {
    if (received == null) {
      return null;
    }
    try (received) {
      byte[][] parts = new byte[received.parts()][];
      for (int i = 0; i < parts.length; i++) {
        ByteBuffer part = received.part(i);
        parts[i] = new byte[part.remaining()];
        part.get(part.position(), parts[i]);
      }
      return parts;
    }
  }

  /** The next message, which must come and is one part of text. */
  String receive(Link link) {
    byte[][] parts = receiveParts(link);
    assertThat(parts).hasNumberOfRows(1);
    return new String(parts[0], StandardCharsets.UTF_8);
  }

  /** The next message's text, or null when none comes within {@link #A_MOMENT}. */
  String receiveBriefly(Link link) {
    byte[][] parts = receivePartsBriefly(link);
    return parts == null ? null : new String(parts[0], StandardCharsets.UTF_8);
  }

  /**
   * Sends on {@code sender} and receives on all {@code receivers} until each has heard it: a
   * subscription takes its time, and so does a connection made anew. What was sent for this is
   * received.
   */
  void meet(Link sender, Link... receivers) {
    Deadline deadline = patiently();
    boolean[] heard = new boolean[receivers.length];
    for (boolean all = false; !all; ) {
      assertThat(deadline.passed()).as("the links met within %s", PATIENCE).isFalse();
      sender.send(message("meet"), briefly());
      all = true;
      for (int i = 0; i < receivers.length; i++) {
        heard[i] |= receiveBriefly(receivers[i]) != null;
        all &= heard[i];
      }
    }
    send(sender, "met");
    for (Link receiver : receivers) {
      for (String text = receive(receiver); !text.equals("met"); text = receive(receiver)) {
        assertThat(text).isEqualTo("meet");
      }
    }
  }

  /** Runs {@code task} on a thread of its own. */
  <T> FutureTask<T> start(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(future, "bench-thread-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return future;
  }

  /** What {@code task} gave, which must be there within {@link #PATIENCE}. */
  static <T> T resultOf(FutureTask<T> task) throws Exception {
    return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until the thread started last is inside a method {@code name} of {@code type}. */
  void awaitInside(Class<?> type, String name) {
    Thread thread = threads.get(threads.size() - 1);
    Deadline deadline = patiently();
    // Seen there several times in a row: a thread that only passes through does not count.
    for (int seen = 0; seen < 20; ) {
      assertThat(deadline.passed()).as("%s is inside %s", thread.getName(), name).isFalse();
      seen = isInside(thread, type, name) ? seen + 1 : 0;
      LockSupport.parkNanos(100_000);
    }
  }

  private static boolean isInside(Thread thread, Class<?> type, String name) {
    for (StackTraceElement element : thread.getStackTrace()) {
      if (element.getMethodName().equals(name) && element.getClassName().equals(type.getName())) {
        return true;
      }
    }
    return false;
  }

  void closeLinks() throws InterruptedException {
    for (Link link : links) {
      link.close();
    }
    for (Thread thread : threads) {
      thread.join(PATIENCE.toMillis());
    }
  }

  void assertNothingLeaked() throws InterruptedException {
    assertThat(threads).as("threads of the test still running").noneMatch(Thread::isAlive);
    pool.awaitNothingLent(PATIENCE);
  }
}
