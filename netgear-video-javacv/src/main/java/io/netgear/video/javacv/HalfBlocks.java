package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.io.IOException;

/** Writes pictures as text: each character cell shows two pixels, one above the other. */
final class HalfBlocks {
  private static final char UPPER_HALF = '\u2580';
  private static final String RESET = "\u001b[0m";
  private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

  private FrameScaler scaler;
  private int width;
  private int height;

  /**
   * Writes at most {@code rows} lines of at most {@code columns} cells, the shape kept.
   *
   * @param lineEnd what comes between two lines
   */
  void render(Frame frame, int columns, int rows, boolean trueColor, String lineEnd, Appendable out)
      throws IOException {
    Frame small = fit(frame, columns, rows * 2);
    byte[] rgb = new byte[small.format().packedSize()];
    small.pixels().get(0, rgb);
    for (int y = 0; y < height; y += 2) {
      int lastUpper = -1;
      int lastLower = -1;
      for (int x = 0; x < width; x++) {
        int upper = color(rgb, x, y, trueColor);
        int lower = y + 1 < height ? color(rgb, x, y + 1, trueColor) : color(0, trueColor);
        if (upper != lastUpper) {
          select(out, "\u001b[38;", upper, trueColor);
          lastUpper = upper;
        }
        if (lower != lastLower) {
          select(out, "\u001b[48;", lower, trueColor);
          lastLower = lower;
        }
        out.append(UPPER_HALF);
      }
      out.append(RESET);
      if (y + 2 < height) {
        out.append(lineEnd);
      }
    }
  }

  private Frame fit(Frame frame, int columns, int lines) {
    FrameFormat format = frame.format();
    double scale = Math.min((double) columns / format.width(), (double) lines / format.height());
    int newWidth = Math.max(1, Math.min(columns, (int) Math.round(format.width() * scale)));
    int newHeight = Math.max(1, Math.min(lines, (int) Math.round(format.height() * scale)));
    if (scaler == null || newWidth != width || newHeight != height) {
      width = newWidth;
      height = newHeight;
      scaler = FrameScaler.to(width, height);
    }
    Frame small = scaler.scale(frame);
    return new ColorConversion(format.pixelFormat(), PixelFormat.RGB).convert(small);
  }

  private int color(byte[] rgb, int x, int y, boolean trueColor) {
    int at = (y * width + x) * 3;
    return color(
        ((rgb[at] & 255) << 16) | ((rgb[at + 1] & 255) << 8) | (rgb[at + 2] & 255), trueColor);
  }

  private static int color(int rgb, boolean trueColor) {
    return trueColor ? rgb : indexed((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255);
  }

  /** The nearest of the 216 cube colours and 24 grays that terminals of 256 colours have. */
  static int indexed(int red, int green, int blue) {
    int r = nearest(red);
    int g = nearest(green);
    int b = nearest(blue);
    int gray = Math.max(0, Math.min(23, ((red + green + blue) / 3 - 3) / 10));
    int level = 8 + 10 * gray;
    return distance(red, green, blue, level, level, level)
            < distance(red, green, blue, CUBE[r], CUBE[g], CUBE[b])
        ? 232 + gray
        : 16 + 36 * r + 6 * g + b;
  }

  private static int nearest(int value) {
    int best = 0;
    for (int i = 1; i < CUBE.length; i++) {
      best = Math.abs(CUBE[i] - value) < Math.abs(CUBE[best] - value) ? i : best;
    }
    return best;
  }

  private static int distance(int r, int g, int b, int x, int y, int z) {
    return (r - x) * (r - x) + (g - y) * (g - y) + (b - z) * (b - z);
  }

  private static void select(Appendable out, String start, int color, boolean trueColor)
      throws IOException {
    out.append(start);
    if (trueColor) {
      out.append("2;").append(Integer.toString((color >> 16) & 255));
      out.append(';').append(Integer.toString((color >> 8) & 255));
      out.append(';').append(Integer.toString(color & 255));
    } else {
      out.append("5;").append(Integer.toString(color));
    }
    out.append('m');
  }
}
