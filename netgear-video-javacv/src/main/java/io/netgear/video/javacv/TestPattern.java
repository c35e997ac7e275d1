package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Pictures that any receiver can check: frame {@code k} is computed from {@code k} alone.
 *
 * <p>With {@code tri(t)} = u for u below 256, else 511 - u, u = t mod 512: blue is {@code tri(x +
 * 2k)}, green {@code tri(y + 3k)}, red {@code tri(x + y + 5k)}, filler and alpha 255. GRAY has blue
 * alone; CMYK has blue, green, red and {@code tri(x + 2y + 7k)}. Over it lie 16 blocks of 16x16
 * pixels in the upper left; block b is 255 in every used channel where bit b of {@code k mod 65536}
 * is set, else 0, so that the number survives JPEG.
 *
 * <p>Plain Java, the same bytes everywhere. Safe for use from several threads.
 */
public final class TestPattern {
  /** Numbers repeat after this many frames. */
  public static final int NUMBERS = 65_536;

  private static final int PERIOD = 512;
  private static final int BLOCKS = 16;
  private static final int BLOCK = 16;
  private static final byte[] TRIANGLE = new byte[PERIOD];

  static {
    for (int u = 0; u < PERIOD; u++) {
      TRIANGLE[u] = (byte) (u < 256 ? u : 511 - u);
    }
  }

  private TestPattern() {}

  /**
   * How a frame differs from the pattern.
   *
   * @param exact whether every byte is the pattern's, filler and alpha included
   * @param psnr peak signal-to-noise ratio of the used channels, filler and alpha left out, in
   *     decibels; positive infinity when they are equal
   * @param largestDifference of one used channel, 0 to 255
   */
  public record Comparison(boolean exact, double psnr, int largestDifference) {}

  /**
   * Paints picture number {@code k} into {@code frame}, in its own format.
   *
   * @throws IllegalArgumentException if the frame is no picture
   */
  public static void fill(Frame frame, long k) {
    FrameFormat format = requirePicture(frame);
    byte[] row = new byte[format.rowBytes()];
    for (int y = 0; y < format.height(); y++) {
      paint(row, format, y, k);
      frame.pixels().put(y * format.stride(), row);
    }
  }

  /** Compares {@code frame} with picture number {@code k} of its size and format. */
  public static Comparison compare(Frame frame, long k) {
    FrameFormat format = requirePicture(frame);
    int step = format.pixelFormat().bytesPerPixel();
    int unused = unusedChannel(format.pixelFormat());
    byte[] expected = new byte[format.rowBytes()];
    byte[] actual = new byte[format.rowBytes()];
    boolean exact = true;
    long squares = 0;
    int largest = 0;
    for (int y = 0; y < format.height(); y++) {
      frame.pixels().get(y * format.stride(), actual);
      paint(expected, format, y, k);
      if (Arrays.equals(expected, actual)) {
        continue;
      }
      exact = false;
      for (int i = 0; i < actual.length; i++) {
        int difference = i % step == unused ? 0 : (expected[i] & 255) - (actual[i] & 255);
        squares += (long) difference * difference;
        largest = Math.max(largest, Math.abs(difference));
      }
    }
    long samples = (long) format.width() * format.height() * (unused < 0 ? step : step - 1);
    double psnr =
        squares == 0
            ? Double.POSITIVE_INFINITY
            : 10 * Math.log10(255.0 * 255.0 * samples / squares);
    return new Comparison(exact, psnr, largest);
  }

  /**
   * Reads the number, 0 to 65535, from the 16 blocks of a frame that may have gone through JPEG.
   *
   * @return empty where the frame is smaller than 256x16 pixels, or a block is neither dark nor
   *     bright, so that this is no picture of the pattern
   */
  public static OptionalInt number(Frame frame) {
    FrameFormat format = requirePicture(frame);
    if (format.width() < BLOCKS * BLOCK || format.height() < BLOCK) {
      return OptionalInt.empty();
    }
    int number = 0;
    for (int block = 0; block < BLOCKS; block++) {
      int mean = mean(frame, block);
      if (mean > 80 && mean < 175) {
        return OptionalInt.empty();
      }
      number |= mean > 127 ? 1 << block : 0;
    }
    return OptionalInt.of(number);
  }

  private static int mean(Frame frame, int block) {
    FrameFormat format = frame.format();
    int step = format.pixelFormat().bytesPerPixel();
    int unused = unusedChannel(format.pixelFormat());
    byte[] row = new byte[BLOCK * step];
    int sum = 0;
    for (int y = 0; y < BLOCK; y++) {
      frame.pixels().get(y * format.stride() + block * row.length, row);
      for (int i = 0; i < row.length; i++) {
        sum += i % step == unused ? 0 : row[i] & 255;
      }
    }
    return sum / (BLOCK * BLOCK * (unused < 0 ? step : step - 1));
  }

  private static void paint(byte[] row, FrameFormat format, int y, long k) {
    PixelFormat pixels = format.pixelFormat();
    int phase = (int) Math.floorMod(k, (long) PERIOD);
    int width = format.width();
    int blue = 2 * phase;
    byte green = TRIANGLE[(y + 3 * phase) % PERIOD];
    int red = y + 5 * phase;
    if (pixels == PixelFormat.GRAY) {
      for (int x = 0; x < width; x++) {
        row[x] = TRIANGLE[(x + blue) % PERIOD];
      }
    } else if (pixels == PixelFormat.CMYK) {
      int black = 2 * y + 7 * phase;
      for (int x = 0, i = 0; x < width; x++, i += 4) {
        row[i] = TRIANGLE[(x + blue) % PERIOD];
        row[i + 1] = green;
        row[i + 2] = TRIANGLE[(x + red) % PERIOD];
        row[i + 3] = TRIANGLE[(x + black) % PERIOD];
      }
    } else {
      PixelLayout layout = PixelLayout.of(pixels);
      int step = pixels.bytesPerPixel();
      if (layout.fourth() >= 0) {
        Arrays.fill(row, (byte) 255);
      }
      for (int x = 0, i = 0; x < width; x++, i += step) {
        row[i + layout.blue()] = TRIANGLE[(x + blue) % PERIOD];
        row[i + layout.green()] = green;
        row[i + layout.red()] = TRIANGLE[(x + red) % PERIOD];
      }
    }
    if (y < BLOCK) {
      paintNumber(row, format, k);
    }
  }

  private static void paintNumber(byte[] row, FrameFormat format, long k) {
    int step = format.pixelFormat().bytesPerPixel();
    int unused = unusedChannel(format.pixelFormat());
    int blocked = Math.min(row.length, BLOCKS * BLOCK * step);
    for (int i = 0; i < blocked; i++) {
      boolean set = (k >> (i / (BLOCK * step)) & 1) == 1;
      row[i] = (byte) (set || i % step == unused ? 255 : 0);
    }
  }

  private static int unusedChannel(PixelFormat pixels) {
    PixelLayout layout = PixelLayout.of(pixels);
    return layout == null ? -1 : layout.fourth();
  }

  private static FrameFormat requirePicture(Frame frame) {
    if (!frame.format().isPicture()) {
      throw new IllegalArgumentException(
          "The test pattern is a picture; "
              + frame.format()
              + " is not: see FrameFormat.asPicture.");
    }
    return frame.format();
  }
}
