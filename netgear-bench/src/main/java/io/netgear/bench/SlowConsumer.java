package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.internal.memory.DirectBufferPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * What does a consumer see that is slower than the camera? 60 frames of 720p a second go out over
 * zmq, and 10 a second are taken. Where the newest frame waits, no frame may be handed out that is
 * older than three intervals of the consumer, from before encoding until after decoding; where the
 * sender is held back, no frame may get lost; and the receiver's memory keeps within the formula of
 * docs/memory-and-threads.md.
 *
 * <p>{@code slow [SECONDS]}, 60 for each of the {@link #RUNS}, after some seconds to warm up. Fails
 * when anything of this does not hold.
 */
public final class SlowConsumer {
  private static final List<Run> RUNS =
      List.of(
          new Run("pair", QueuePolicy.NEWEST),
          new Run("request-reply", QueuePolicy.NEWEST),
          new Run("publish-subscribe", QueuePolicy.NEWEST),
          new Run("pair", QueuePolicy.HOLD_BACK),
          new Run("request-reply", QueuePolicy.HOLD_BACK),
          new Run("push-pull", QueuePolicy.HOLD_BACK));

  private static final PictureSize SIZE = new PictureSize(1280, 720);
  private static final long FILMED_EVERY_NS = TimeUnit.SECONDS.toNanos(1) / 60;
  private static final long TAKEN_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long OLDEST_NS = 3 * TAKEN_EVERY_NS;
  private static final int WARM_UP_SECONDS = 5;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final double MIB = 1 << 20;

  private record Run(String pattern, QueuePolicy queue) {}

  private final Run run;
  private final List<Frame> frames = Footage.frames(SIZE, PixelFormat.BGR);
  private final DirectBufferPool pool = new DirectBufferPool("slow", 256L << 20);
  private final List<Long> ages = new ArrayList<>();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final CountDownLatch filmed = new CountDownLatch(1);
  private long largestMessage;
  private long lastSequence = -1;
  private boolean gaps;

  private SlowConsumer(Run run) {
    this.run = run;
  }

  /** See the class. */
  public static void main(String[] arguments) throws InterruptedException {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    System.out.printf(
        "%s BGR, %s, 60 frames/s in, 10 out, %d s each%n", SIZE, Footage.describe(SIZE), seconds);
    new SlowConsumer(RUNS.get(0)).stream(WARM_UP_SECONDS);
    System.out.printf(
        "%-18s %-10s %8s %9s %8s %8s %9s %8s %8s%n",
        "pattern", "queue", "sent/s", "taken/s", "age p50", "age max", "lost", "pool", "formula");
    List<String> wrong = new ArrayList<>();
    for (Run run : RUNS) {
      wrong.addAll(new SlowConsumer(run).report(seconds));
    }
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("A slow consumer is not served as it should: " + wrong);
    }
  }

  private record Books(io.netgear.Stats sent, io.netgear.Stats received) {}

  private Books stream(int seconds) throws InterruptedException {
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .pattern(run.pattern)
                .queue(run.queue)
                .pool(pool)
                .open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString())
                .pattern(run.pattern)
                .maxRetries(0)
                .open()) {
      Thread camera = new Thread(() -> film(sender), "camera");
      camera.start();
      take(receiver, seconds);
      enough.set(true);
      drain(receiver);
      camera.join();
      if (failure.get() != null) {
        throw failure.get();
      }
      return new Books(sender.stats(), receiver.stats());
    }
  }

  /** Sends a frame whenever one is due; those that fell due while it was held back are not made. */
  private void film(FrameSender sender) {
    try {
      long due = System.nanoTime();
      for (int i = 0; !enough.get(); i++) {
        waitUntil(due);
        Receipt receipt = sender.send(frames.get(i % frames.size()), System.nanoTime());
        largestMessage = Math.max(largestMessage, receipt.encodedBytes());
        due = Math.max(due + FILMED_EVERY_NS, System.nanoTime());
      }
      sender.close();
    } catch (RuntimeException e) {
      failure.set(e);
    } finally {
      filmed.countDown();
    }
  }

  private void take(FrameReceiver receiver, int seconds) {
    long start = System.nanoTime();
    for (long i = 0; i < seconds * 10L && failure.get() == null; i++) {
      waitUntil(start + i * TAKEN_EVERY_NS);
      ReceivedFrame received = receiver.recv(LIMIT).orElse(null);
      if (received != null) {
        ages.add(System.nanoTime() - (Long) received.message());
        note(received);
      }
    }
  }

  /** What is on its way when the camera stops is taken as it comes. */
  private void drain(FrameReceiver receiver) {
    while (!receiver.ended() && (filmed.getCount() > 0 || run.queue == QueuePolicy.HOLD_BACK)) {
      receiver.recv(Duration.ofMillis(20)).ifPresent(this::note);
    }
  }

  private void note(ReceivedFrame received) {
    try (received) {
      gaps |= received.sequence() != lastSequence + 1;
      lastSequence = received.sequence();
    }
  }

  private static void waitUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Prints a line, and says what is wrong with it. */
  private List<String> report(int seconds) throws InterruptedException {
    Books books = stream(seconds);
    long[] sorted = ages.stream().mapToLong(Long::longValue).sorted().toArray();
    long oldest = sorted[sorted.length - 1];
    long lost = books.sent.delivered() - books.received.delivered();
    System.out.printf(
        Locale.ROOT,
        "%-18s %-10s %8.1f %9.1f %5.0f ms %5.0f ms %9s %4.1f MiB %4.1f MiB%n",
        run.pattern,
        run.queue,
        (double) books.sent.delivered() / seconds,
        (double) sorted.length / seconds,
        sorted[sorted.length / 2] / 1e6,
        oldest / 1e6,
        run.queue == QueuePolicy.HOLD_BACK ? lost + (gaps ? "!" : "") : "replaced",
        pool.heldBytes() / MIB,
        formula() / MIB);
    List<String> wrong = new ArrayList<>();
    String who = run.pattern + ", " + run.queue + ": ";
    if (run.queue == QueuePolicy.NEWEST && oldest >= OLDEST_NS) {
      wrong.add(who + "a frame was " + oldest / 1_000_000 + " ms old");
    }
    if (run.queue == QueuePolicy.HOLD_BACK && (lost != 0 || gaps)) {
      wrong.add(who + lost + " frames were lost" + (gaps ? ", there are gaps" : ""));
    }
    if (pool.heldBytes() > formula()) {
      wrong.add(who + "the pool holds " + pool.heldBytes() + " bytes");
    }
    if (!books.sent.balanced() || !books.received.balanced()) {
      wrong.add(who + "the books do not balance: " + Arrays.asList(books.sent, books.received));
    }
    return wrong;
  }

  /**
   * One frame in the queue, one behind it, one being decoded, two with the transport, two shown.
   */
  private long formula() {
    long message = largestMessage + 1_024;
    long pixels = 3L * SIZE.width() * SIZE.height();
    return ((1 + 2 + 2) * message + 2 * pixels) * 5 / 4;
  }
}
