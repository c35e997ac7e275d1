package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.util.Arrays;

/**
 * Makes pictures smaller or larger, in plain Java, with the same result on every machine.
 *
 * <p>Shrinking averages the area that a new pixel covers, exactly and rounded to nearest; enlarging
 * interpolates linearly between pixel centres. Each channel is taken by itself, alpha too. For one
 * thread; keeps its tables and its output frame from call to call.
 */
public final class FrameScaler {
  private static final int MOST_PERCENT = 95;
  private static final long MOST_BY_RECIPROCAL = (1L << 31) / 256;

  /** What the new size is, given the old one. */
  private interface Target {
    FrameFormat of(FrameFormat in);
  }

  private final Target target;
  private FrameFormat input;
  private AxisWeights columns;
  private AxisWeights rows;
  private Frame output;
  private byte[] line;
  private byte[] outLine;
  private int[] column;
  private long total;
  private long reciprocal;
  private int shift;

  private FrameScaler(Target target) {
    this.target = target;
  }

  /** To {@code width} x {@code height} pixels, the shape not kept. */
  public static FrameScaler to(int width, int height) {
    // refuses a wrong size now, in the words of the format
    FrameFormat unused = FrameFormat.of(width, height, io.netgear.PixelFormat.GRAY);
    return new FrameScaler(in -> FrameFormat.of(width, height, in.pixelFormat()));
  }

  /**
   * To {@code percent} of each side, rounded down, at least 1 pixel.
   *
   * @param percent above 0, at most 1000
   */
  public static FrameScaler percent(double percent) {
    if (!(percent > 0 && percent <= 1000)) {
      throw new IllegalArgumentException(
          "A size is more than 0 and at most 1000 percent of the old one, got " + percent + ".");
    }
    return new FrameScaler(
        in ->
            FrameFormat.of(
                side(in.width(), percent), side(in.height(), percent), in.pixelFormat()));
  }

  /**
   * Smaller by {@code percentage} on each side, as the Python helper of this name does: 20 makes
   * 1536x864 of 1920x1080.
   *
   * @param percentage above 0 and below 95
   */
  public static FrameScaler reducer(double percentage) {
    if (!(percentage > 0 && percentage < MOST_PERCENT)) {
      throw new IllegalArgumentException(
          "A reduction is more than 0 and less than "
              + MOST_PERCENT
              + " percent, got "
              + percentage
              + ".");
    }
    return percent(100 - percentage);
  }

  /** {@link #reducer} for a single frame, into fresh memory. */
  public static Frame reduce(Frame frame, double percentage) {
    return reducer(percentage).scale(frame);
  }

  /**
   * The format that a picture of {@code in} becomes.
   *
   * @throws IllegalArgumentException if it is no picture
   */
  public FrameFormat outputFormat(FrameFormat in) {
    if (!in.isPicture()) {
      throw new IllegalArgumentException("Only pictures can be scaled, this is " + in + ".");
    }
    return target.of(in);
  }

  private static int side(int pixels, double percent) {
    return Math.max(1, (int) (pixels * percent / 100));
  }

  /**
   * The picture in its new size, rows without padding. <b>Valid until the next call</b>; {@code
   * frame} itself where its size is already right.
   *
   * @throws IllegalArgumentException if the frame is no picture
   */
  public Frame scale(Frame frame) {
    FrameFormat format = frame.format();
    if (!format.equals(input)) {
      prepare(format);
    }
    if (output == null) {
      return frame;
    }
    FrameFormat out = output.format();
    for (int y = 0; y < out.height(); y++) {
      Arrays.fill(column, 0);
      int[] weights = rows.weights(y);
      for (int i = 0; i < weights.length; i++) {
        frame.pixels().get((rows.first(y) + i) * format.stride(), line);
        add(weights[i], line, column);
      }
      scaleRow(out.width(), format.pixelFormat().bytesPerPixel());
      output.pixels().put(y * out.stride(), outLine);
    }
    return output;
  }

  private void prepare(FrameFormat format) {
    FrameFormat out = outputFormat(format);
    input = format;
    if (out.width() == format.width() && out.height() == format.height()) {
      output = null;
      return;
    }
    columns = AxisWeights.of(format.width(), out.width());
    rows = AxisWeights.of(format.height(), out.height());
    output = Frame.allocate(out);
    line = new byte[format.rowBytes()];
    outLine = new byte[out.rowBytes()];
    column = new int[format.rowBytes()];
    total = (long) columns.total * rows.total;
    shift = 63 - Long.numberOfLeadingZeros(total) + 32;
    reciprocal = total < MOST_BY_RECIPROCAL ? (1L << shift) / total + 1 : 0;
  }

  private static void add(int weight, byte[] from, int[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += weight * (from[i] & 255);
    }
  }

  /** From {@code column}, the weighted sums of old rows, to a row of the new picture. */
  private void scaleRow(int width, int channels) {
    int[] source = column;
    byte[] target = outLine;
    long half = total / 2;
    for (int x = 0; x < width; x++) {
      int[] weights = columns.weights(x);
      int from = columns.first(x) * channels;
      if (channels == 3) { // the usual case, its three sums side by side: a third faster
        long first = half;
        long second = half;
        long third = half;
        for (int i = 0, at = from; i < weights.length; i++, at += 3) {
          long weight = weights[i];
          first += weight * source[at];
          second += weight * source[at + 1];
          third += weight * source[at + 2];
        }
        target[x * 3] = quotient(first);
        target[x * 3 + 1] = quotient(second);
        target[x * 3 + 2] = quotient(third);
        continue;
      }
      for (int c = 0; c < channels; c++) {
        long sum = half;
        for (int i = 0, at = from + c; i < weights.length; i++, at += channels) {
          sum += (long) weights[i] * source[at];
        }
        target[x * channels + c] = quotient(sum);
      }
    }
  }

  /** By {@code total}. A multiplication takes a tenth of the time, and is exact below 2^31. */
  private byte quotient(long sum) {
    return (byte) (reciprocal != 0 ? (sum * reciprocal) >>> shift : sum / total);
  }
}
