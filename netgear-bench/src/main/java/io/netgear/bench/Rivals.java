package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How many times faster than ImageIO? The same as {@link EncodeBenchmark} and {@link
 * DecodeBenchmark}, but the two sides take turns and processor time is counted: for machines that
 * are too busy for JMH, and for ratios.
 *
 * <p>{@code rivals [PAIRS]}, 60 by default, with the default settings; the picture is always the
 * same, so nothing is taken over from the one before.
 */
public final class Rivals {
  private static final int WARM_UP = 30;
  private static final Jpeg SETTINGS = Jpeg.defaults().threads(1).reuse(false);
  private static final List<PictureSize> SIZES =
      List.of(new PictureSize(640, 480), new PictureSize(1280, 720), new PictureSize(1920, 1080));
  private static final List<PixelFormat> PIXELS =
      List.of(PixelFormat.BGR, PixelFormat.RGB, PixelFormat.BGRX, PixelFormat.GRAY);

  private Rivals() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    System.out.printf(
        "%nmilliseconds of processor time, %s, %d pairs%n%-7s %-10s %-6s %9s %9s %7s  %s%n",
        SETTINGS, pairs, "", "", "", "turbojpeg", "ImageIO", "times", "95 %");
    for (PictureSize size : SIZES) {
      System.out.println("# " + size + ": " + Footage.describe(size));
      for (PixelFormat pixels : PIXELS) {
        print("encode", size, pixels, encode(size, pixels, pairs));
        print("decode", size, pixels, decode(size, pixels, pairs));
      }
    }
  }

  private static Times encode(PictureSize size, PixelFormat pixels, int pairs) throws IOException {
    List<Frame> frames = Footage.frames(size, pixels);
    try (var ours = JpegImplementation.NETGEAR.encoding(frames, SETTINGS);
        var rival = JpegImplementation.IMAGEIO.encoding(frames, SETTINGS)) {
      return compare(() -> rival.encode(0), () -> ours.encode(0), pairs);
    }
  }

  private static Times decode(PictureSize size, PixelFormat pixels, int pairs) throws IOException {
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(Footage.frames(size, pixels), SETTINGS);
    try (var ours = JpegImplementation.NETGEAR.decoding(jpegs, size, pixels, SETTINGS);
        var rival = JpegImplementation.IMAGEIO.decoding(jpegs, size, pixels, SETTINGS)) {
      return compare(() -> rival.decode(0), () -> ours.decode(0), pairs);
    }
  }

  private static Times compare(Pairs.Work rival, Pairs.Work ours, int pairs) throws IOException {
    return Pairs.measure(Pairs.java(rival), Pairs.java(ours), WARM_UP, pairs).processor();
  }

  private static void print(String what, PictureSize size, PixelFormat pixels, Times times) {
    System.out.printf(
        "%-7s %-10s %-6s %9.2f %9.2f %7.2f  %.2f to %.2f%n",
        what,
        size,
        pixels,
        times.secondMillis(),
        times.firstMillis(),
        times.ratio(),
        times.lowRatio(),
        times.highRatio());
  }
}
