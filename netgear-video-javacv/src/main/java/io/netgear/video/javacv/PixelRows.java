package io.netgear.video.javacv;

import io.netgear.PixelFormat;

/**
 * Changes the byte order of one row of pixels.
 *
 * <p>Luma is OpenCV's: {@code (9798 R + 19235 G + 3735 B + 16384) >> 15}. CMYK is stored as JPEG
 * files store it, with 255 for no ink: {@code R = C K / 255}, and on the way back {@code K = max(R,
 * G, B)}, {@code C = 255 R / K}, both rounded to nearest.
 */
final class PixelRows {
  private PixelRows() {}

  static void convert(
      PixelFormat from, byte[] in, int inAt, PixelFormat to, byte[] out, int outAt, int width) {
    if (from == to) {
      System.arraycopy(in, inAt, out, outAt, width * from.bytesPerPixel());
    } else if (from == PixelFormat.CMYK) {
      fromCmyk(in, inAt, to, out, outAt, width);
    } else if (to == PixelFormat.CMYK) {
      toCmyk(from, in, inAt, out, outAt, width);
    } else if (to == PixelFormat.GRAY) {
      toGray(from, in, inAt, out, outAt, width);
    } else {
      permute(from, in, inAt, to, out, outAt, width);
    }
  }

  private static void permute(
      PixelFormat from, byte[] in, int inAt, PixelFormat to, byte[] out, int outAt, int width) {
    PixelLayout source = PixelLayout.of(from);
    PixelLayout target = PixelLayout.of(to);
    int inStep = from.bytesPerPixel();
    int outStep = to.bytesPerPixel();
    int red = inAt + source.red();
    int green = inAt + source.green();
    int blue = inAt + source.blue();
    for (int x = 0, o = outAt; x < width; x++, o += outStep) {
      out[o + target.red()] = in[red + x * inStep];
      out[o + target.green()] = in[green + x * inStep];
      out[o + target.blue()] = in[blue + x * inStep];
    }
    if (target.fourth() < 0) {
      return;
    }
    boolean keep = PixelLayout.hasAlpha(from) && PixelLayout.hasAlpha(to);
    for (int x = 0; x < width; x++) {
      out[outAt + x * outStep + target.fourth()] =
          keep ? in[inAt + x * inStep + source.fourth()] : (byte) 255;
    }
  }

  private static void toGray(
      PixelFormat from, byte[] in, int inAt, byte[] out, int outAt, int width) {
    PixelLayout source = PixelLayout.of(from);
    int step = from.bytesPerPixel();
    for (int x = 0, i = inAt; x < width; x++, i += step) {
      out[outAt + x] =
          luma(
              in[i + source.red()] & 255,
              in[i + source.green()] & 255,
              in[i + source.blue()] & 255);
    }
  }

  private static void fromCmyk(
      byte[] in, int inAt, PixelFormat to, byte[] out, int outAt, int width) {
    PixelLayout target = PixelLayout.of(to);
    int step = to.bytesPerPixel();
    for (int x = 0, i = inAt, o = outAt; x < width; x++, i += 4, o += step) {
      int black = in[i + 3] & 255;
      int red = scaled(in[i] & 255, black);
      int green = scaled(in[i + 1] & 255, black);
      int blue = scaled(in[i + 2] & 255, black);
      if (to == PixelFormat.GRAY) {
        out[o] = luma(red, green, blue);
        continue;
      }
      out[o + target.red()] = (byte) red;
      out[o + target.green()] = (byte) green;
      out[o + target.blue()] = (byte) blue;
      if (target.fourth() >= 0) {
        out[o + target.fourth()] = (byte) 255;
      }
    }
  }

  private static void toCmyk(
      PixelFormat from, byte[] in, int inAt, byte[] out, int outAt, int width) {
    PixelLayout source = PixelLayout.of(from);
    int step = from.bytesPerPixel();
    for (int x = 0, i = inAt, o = outAt; x < width; x++, i += step, o += 4) {
      int red = in[i + source.red()] & 255;
      int green = in[i + source.green()] & 255;
      int blue = in[i + source.blue()] & 255;
      int black = Math.max(red, Math.max(green, blue));
      out[o] = ink(red, black);
      out[o + 1] = ink(green, black);
      out[o + 2] = ink(blue, black);
      out[o + 3] = (byte) black;
    }
  }

  static byte luma(int red, int green, int blue) {
    return (byte) ((9798 * red + 19235 * green + 3735 * blue + 16384) >> 15);
  }

  private static int scaled(int value, int black) {
    return (value * black + 127) / 255;
  }

  private static byte ink(int value, int black) {
    return (byte) (black == 0 ? 255 : (255 * value + black / 2) / black);
  }
}
