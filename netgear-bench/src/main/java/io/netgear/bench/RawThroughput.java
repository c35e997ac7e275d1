package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How close do raw frames come to what the machine can copy? Raw 1080p frames flat out through each
 * pattern, in turns with a plain blocking loop that writes the same bytes to a TCP socket on one
 * thread and reads them on another, and where each frame is answered before the next, answers with
 * a byte; as long as frames are sent, that loop is all that a transport could do at most.
 *
 * <p>{@code raw [ROUNDS [PATTERN [TRANSPORT [ADDRESS]]]]}, 40 by default, of {@link #FRAMES} frames
 * of each side; only the patterns whose name contains PATTERN; zmq unless told, bound to tcp on
 * loopback unless told, such as {@code tls://127.0.0.1:0}. Both sides keep their connection from
 * round to round, and a round ends when its last frame was read.
 */
public final class RawThroughput {
  static final int FRAMES = 30;

  private static final int WARM_UP = 8;
  private static final PictureSize SIZE = new PictureSize(1920, 1080);

  /** Patterns, and how many frames may be on their way without an answer. */
  private static final List<RawStream.Way> WAYS =
      List.of(
          new RawStream.Way("request-reply", 1),
          new RawStream.Way("pair", 1),
          new RawStream.Way("pair", 2),
          new RawStream.Way("push-pull", 1));

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Frame frame = Footage.frames(SIZE, PixelFormat.BGR).get(0);
  private final int rounds;
  private final String transport;
  private final String address;

  /** Moves frames from one end to the other. */
  interface Side extends AutoCloseable {
    /** Returns when all of {@code frames} frames have been read. */
    void move(int frames) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
  }

  /** Of one round of one side: nanoseconds a frame by the clock, and of all processors. */
  private record Cost(double clock, double processors) {}

  private RawThroughput(int rounds, String transport, String address) {
    this.rounds = rounds;
    this.transport = transport;
    this.address = address;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String pattern = arguments.length > 1 ? arguments[1] : "";
    RawThroughput bench =
        new RawThroughput(
            arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40,
            arguments.length > 2 ? arguments[2] : "zmq",
            arguments.length > 3 ? arguments[3] : Loopback.TCP);
    System.out.printf(
        Locale.ROOT,
        "raw %s BGR, %d bytes a frame, %s at %s, %d rounds of %d frames in turns%n"
            + "%-24s %10s %10s %8s %8s%n",
        SIZE,
        bench.frame.format().byteSize(),
        bench.transport,
        bench.address,
        bench.rounds,
        FRAMES,
        "frames/s, ratio",
        "netgear",
        "copy loop",
        "ratio",
        "cpu");
    for (RawStream.Way way : WAYS) {
      if (way.pattern().contains(pattern)) {
        bench.compare(way);
      }
    }
  }

  private void compare(RawStream.Way way) throws IOException, InterruptedException {
    double[][] clock = new double[3][rounds];
    double[] processors = new double[rounds];
    try (Side netgear = new RawStream(way, frame, transport, address);
        Side loop = new CopyLoop(frame, way.isAnswered())) {
      for (int i = -WARM_UP; i < rounds; i++) {
        Cost ours = cost(netgear);
        Cost theirs = cost(loop);
        int at = Math.max(i, 0);
        clock[0][at] = 1e9 / ours.clock();
        clock[1][at] = 1e9 / theirs.clock();
        clock[2][at] = theirs.clock() / ours.clock();
        processors[at] = ours.processors() / theirs.processors();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-24s %10.1f %10.1f %8.2f %8.2f%n",
        way,
        median(clock[0]),
        median(clock[1]),
        median(clock[2]),
        median(processors));
  }

  private static Cost cost(Side side) throws IOException, InterruptedException {
    long cpu = processorNanos();
    long start = System.nanoTime();
    side.move(FRAMES);
    double clock = System.nanoTime() - start;
    return new Cost(clock / FRAMES, (double) (processorNanos() - cpu) / FRAMES);
  }

  /** Of all threads but the JVM's own, which compile. */
  private static long processorNanos() {
    long sum = 0;
    for (long id : THREADS.getAllThreadIds()) {
      sum += Math.max(0, THREADS.getThreadCpuTime(id));
    }
    return sum;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
