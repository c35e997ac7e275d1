package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How much slower is Java than C over the very same library?
 *
 * <p>A C program calls the functions that Java calls, in the same file, on the same picture. The
 * two take turns frame by frame, so that both see the same weather on the machine, and each pair
 * gives a ratio. Without a C compiler it says so and measures nothing.
 *
 * <p>The picture is always the same, so nothing is taken over from the one before.
 *
 * <p>{@code cloop [PAIRS]}, 400 by default. Ends with status 1 when Java is for sure slower by more
 * than {@link #LIMIT}.
 */
public final class CLoop {
  /** What Java may take for C's 1. */
  static final double LIMIT = 1.05;

  private static final int WARM_UP = 60;
  private static final PictureSize SIZE = new PictureSize(1920, 1080);

  private CLoop() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400;
    Optional<String> missing = CProgram.missing();
    if (missing.isPresent()) {
      System.out.println("The comparison with C is skipped: " + missing.get());
      return;
    }
    boolean slow = false;
    try (CProgram program = CProgram.build()) {
      System.out.printf(
          "%nJava against C, %s BGR at quality 90, %d pairs, %s%n",
          SIZE, pairs, Footage.describe(SIZE));
      System.out.printf(
          "%-7s %-8s %-9s %9s %9s %7s  %s%n",
          "", "sampling", "time", "Java ms", "C ms", "ratio", "95 %");
      for (Subsampling sampling : List.of(Subsampling.S422, Subsampling.S420)) {
        slow |= report("encode", sampling, encode(program, sampling, pairs));
        slow |= report("decode", sampling, decode(program, sampling, pairs));
      }
    }
    if (slow) {
      System.out.println("Java is slower than C by more than 5 %.");
      System.exit(1);
    }
  }

  private static Pairs encode(CProgram program, Subsampling sampling, int pairs)
      throws IOException, InterruptedException {
    List<Frame> frames = Footage.frames(SIZE, PixelFormat.BGR);
    Path pixels = program.save(frames.get(0).pixels());
    Jpeg jpeg = Jpeg.defaults().subsampling(sampling).threads(1).reuse(false);
    try (var java = new TurboJpegEncoding(frames, jpeg);
        var c = program.start("encode", SIZE, jpeg, pixels)) {
      requireSame(java.encode(0), c.jpegBytes());
      return Pairs.measure(Pairs.java(() -> java.encode(0)), c, WARM_UP, pairs);
    }
  }

  private static Pairs decode(CProgram program, Subsampling sampling, int pairs)
      throws IOException, InterruptedException {
    Jpeg jpeg = Jpeg.defaults().subsampling(sampling).threads(1).reuse(false);
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(Footage.frames(SIZE, PixelFormat.BGR), jpeg);
    Path file = program.save(jpegs.get(0));
    try (var java = new TurboJpegDecoding(jpegs, SIZE, PixelFormat.BGR, jpeg);
        var c = program.start("decode", SIZE, jpeg, file)) {
      requireSame(jpegs.get(0).remaining(), c.jpegBytes());
      return Pairs.measure(Pairs.java(() -> java.decode(0)), c, WARM_UP, pairs);
    }
  }

  private static void requireSame(int java, int c) {
    if (java != c) {
      throw new IllegalStateException(
          "Java's JPEG has " + java + " bytes, C's " + c + ": they do not do the same work.");
    }
  }

  /** Slow is what both clocks call slow: other programs can disturb the one on the wall. */
  private static boolean report(String what, Subsampling sampling, Pairs pairs) {
    print(what, sampling, "clock", pairs.clock());
    print(what, sampling, "processor", pairs.processor());
    return pairs.clock().lowRatio() > LIMIT && pairs.processor().lowRatio() > LIMIT;
  }

  private static void print(String what, Subsampling sampling, String time, Times times) {
    System.out.printf(
        "%-7s %-8s %-9s %9.3f %9.3f %7.3f  %.3f to %.3f%n",
        what,
        sampling.label(),
        time,
        times.firstMillis(),
        times.secondMillis(),
        times.ratio(),
        times.lowRatio(),
        times.highRatio());
  }
}
