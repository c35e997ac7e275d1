package io.netgear.bench;

import com.sun.management.OperatingSystemMXBean;
import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What do several threads at work on one frame save? Frames encoded and decoded by one thread and
 * by all cores take turns, one by one, so that helpers sleep for a frame's time before each of
 * theirs; then both take turns by blocks, one frame right behind the other, whose processor time on
 * all threads says what sharing costs. At last several streams run at once.
 *
 * <p>{@code threads [PAIRS]}, 200 by default. On a machine that others use, the ratio by the clock
 * is theirs as well; the processor time is not.
 */
public final class Threads {
  private static final int WARM_UP = 60;
  private static final int BLOCKS = 20;
  private static final int WARM_UP_BLOCKS = 2;
  private static final int BLOCK = 20;
  private static final int STREAM_BLOCKS = 3;
  private static final PictureSize SIZE = new PictureSize(1920, 1080);
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Threads() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    System.out.printf(
        "%n%s BGR, %s, all of %d cores against one thread, %d pairs, load %.1f%n%-7s %-9s %9s %9s %7s"
            + " %16s %9s %16s %15s%n",
        SIZE,
        Footage.describe(SIZE),
        Runtime.getRuntime().availableProcessors(),
        pairs,
        SYSTEM.getSystemLoadAverage(),
        "",
        "sampling",
        "all, ms",
        "one, ms",
        "ratio",
        "95 %",
        "flat out",
        "95 %",
        "processor time");
    for (Subsampling sampling : List.of(Subsampling.S422, Subsampling.S420, Subsampling.S444)) {
      Jpeg jpeg = Jpeg.defaults().subsampling(sampling).reuse(false);
      encode(jpeg, pairs);
      decode("decode", jpeg, pairs);
      if (sampling == Subsampling.S420) {
        decode("fast up", jpeg.fastUpsample(true), pairs);
      }
    }
    System.out.printf(
        "%nencode and decode 4:2:2, streams at once, frames a second in all%n%-8s %9s %9s %7s%n",
        "streams", "all", "one", "ratio");
    for (int streams : new int[] {1, 4, 16}) {
      double all = framesPerSecond(streams, Jpeg.defaults());
      double one = framesPerSecond(streams, Jpeg.defaults().threads(1));
      System.out.printf("%-8d %9.1f %9.1f %7.2f%n", streams, all, one, all / one);
    }
  }

  private static double framesPerSecond(int count, Jpeg jpeg) {
    try (Streams streams = Streams.coding(count, Footage.frames(SIZE, PixelFormat.BGR), jpeg)) {
      streams.run();
      long begin = System.nanoTime();
      for (int i = 0; i < STREAM_BLOCKS; i++) {
        streams.run();
      }
      return STREAM_BLOCKS * Streams.BLOCK * 1e9 / (System.nanoTime() - begin);
    }
  }

  private static void encode(Jpeg jpeg, int pairs) throws IOException {
    List<Frame> frames = Footage.frames(SIZE, PixelFormat.BGR);
    try (var all = new TurboJpegEncoding(frames, jpeg);
        var one = new TurboJpegEncoding(frames, jpeg.threads(1))) {
      compare("encode", jpeg, () -> all.encode(0), () -> one.encode(0), pairs);
    }
  }

  /** Both sides read the same JPEGs, which have restart markers. */
  private static void decode(String what, Jpeg jpeg, int pairs) throws IOException {
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(Footage.frames(SIZE, PixelFormat.BGR), jpeg);
    try (var all = new TurboJpegDecoding(jpegs, SIZE, PixelFormat.BGR, jpeg);
        var one = new TurboJpegDecoding(jpegs, SIZE, PixelFormat.BGR, jpeg.threads(1))) {
      compare(what, jpeg, () -> all.decode(0), () -> one.decode(0), pairs);
    }
  }

  private static void compare(String what, Jpeg jpeg, Pairs.Work all, Pairs.Work one, int pairs)
      throws IOException {
    Times clock = Pairs.measure(Pairs.java(all), Pairs.java(one), WARM_UP, pairs).clock();
    Blocks allBlocks = new Blocks(all);
    Blocks oneBlocks = new Blocks(one);
    Times flatOut =
        Pairs.measure(Pairs.java(allBlocks), Pairs.java(oneBlocks), WARM_UP_BLOCKS, BLOCKS).clock();
    System.out.printf(
        "%-7s %-9s %9.2f %9.2f %7.3f %7.3f to %5.3f %9.3f %7.3f to %5.3f %15.3f%n",
        what,
        jpeg.subsampling().label(),
        clock.firstMillis(),
        clock.secondMillis(),
        clock.ratio(),
        clock.lowRatio(),
        clock.highRatio(),
        flatOut.ratio(),
        flatOut.lowRatio(),
        flatOut.highRatio(),
        (double) allBlocks.processorNs / oneBlocks.processorNs);
  }

  /** Frames one right behind the other, and what the processors of all threads worked for them. */
  private static final class Blocks implements Pairs.Work {
    private final Pairs.Work frame;
    private long processorNs;

    Blocks(Pairs.Work frame) {
      this.frame = frame;
    }

    @Override
    public Object run() throws IOException {
      long before = SYSTEM.getProcessCpuTime();
      Object last = null;
      for (int i = 0; i < BLOCK; i++) {
        last = frame.run();
      }
      processorNs += SYSTEM.getProcessCpuTime() - before;
      return last;
    }
  }
}
