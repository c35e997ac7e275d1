package io.netgear.bench;

import com.sun.management.OperatingSystemMXBean;
import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.Jpeg;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What does sending cost besides encoding and decoding? Real time at 30 frames a second: segments
 * in which frames are only encoded and decoded take turns with segments in which they also go
 * through request-reply over zmq, both ends in this process, so that its processor time is that of
 * both. Either way one thread encodes a frame, and one decodes it.
 *
 * <p>{@code overhead [SEGMENTS]}, 10 of each kind by default, each of {@link #FRAMES} 1080p frames.
 */
public final class Overhead {
  static final int FRAMES = 60;

  private static final int WARM_UP = 1000;

  /** One thread for each frame: what several save is {@link Threads}' question. */
  private static final Jpeg SERIAL = Jpeg.defaults().threads(1);

  private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1) / 30;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final PictureSize SIZE = new PictureSize(1920, 1080);
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final List<Frame> frames = Footage.frames(SIZE, PixelFormat.BGR);
  private final List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(frames, SERIAL);
  private final SynchronousQueue<Long> handedOut = new SynchronousQueue<>();

  private interface Step {
    /** Does frame {@code index} and gives the nanoseconds that it took from end to end. */
    long run(int index) throws IOException, InterruptedException;
  }

  /** Of one segment: processor time a frame, and the median of the latencies. */
  private record Segment(double cpuMillis, double latencyMillis) {}

  private Overhead() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Overhead().run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10);
  }

  private void run(int segments) throws IOException, InterruptedException {
    System.out.printf(
        "%s BGR at 30 frames/s, %s, %d segments of %d frames each way%n",
        SIZE, Footage.describe(SIZE), segments, FRAMES);
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .pattern("request-reply")
                .compression(SERIAL)
                .open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString())
                .pattern("request-reply")
                .compression(SERIAL)
                .open();
        var encoding = JpegImplementation.NETGEAR.encoding(frames, SERIAL);
        var decoding = JpegImplementation.NETGEAR.decoding(jpegs, SIZE, PixelFormat.BGR, SERIAL)) {
      Thread consumer = new Thread(() -> consume(receiver), "consumer");
      consumer.setDaemon(true);
      consumer.start();
      Step alone =
          index -> {
            long start = System.nanoTime();
            encoding.encode(index);
            decoding.decode(index);
            return System.nanoTime() - start;
          };
      Step sent =
          index -> {
            long start = System.nanoTime();
            sender.send(frames.get(index));
            return handedOut.take() - start;
          };
      warmUp(alone);
      warmUp(sent);
      double[] cpu = new double[segments];
      double[] latency = new double[segments];
      System.out.printf(
          "%22s %22s %8s %8s%n", "alone cpu, latency ms", "sent cpu, latency ms", "cpu", "latency");
      for (int i = 0; i < segments; i++) {
        Segment first = measure(alone);
        Segment second = measure(sent);
        cpu[i] = second.cpuMillis() / first.cpuMillis();
        latency[i] = second.latencyMillis() / first.latencyMillis();
        System.out.printf(
            "%11.2f %10.2f %11.2f %10.2f %8.2f %8.2f%n",
            first.cpuMillis(),
            first.latencyMillis(),
            second.cpuMillis(),
            second.latencyMillis(),
            cpu[i],
            latency[i]);
      }
      System.out.printf(
          "median of the ratios: processor time %.2f, latency %.2f%n",
          median(cpu), median(latency));
    }
  }

  private void consume(FrameReceiver receiver) {
    try {
      while (!receiver.ended()) {
        try (ReceivedFrame received = receiver.recv(LIMIT).orElse(null)) {
          if (received != null) {
            handedOut.put(System.nanoTime());
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Flat out: at 30 frames a second the JVM would go on compiling for minutes. */
  private void warmUp(Step step) throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      long unused = step.run(i % frames.size());
    }
  }

  private Segment measure(Step step) throws IOException, InterruptedException {
    double[] latencies = new double[FRAMES];
    long cpuBefore = SYSTEM.getProcessCpuTime();
    long due = System.nanoTime();
    for (int i = 0; i < FRAMES; i++) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      latencies[i] = step.run(i % frames.size()) / 1e6;
      due += INTERVAL_NS;
    }
    double cpuMillis = (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e6 / FRAMES;
    return new Segment(cpuMillis, median(latencies));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
