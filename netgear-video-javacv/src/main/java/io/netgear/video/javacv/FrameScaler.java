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
  private final int[][] scaledRows = new int[2][];
  private final int[] scaledIndex = {-1, -1};
  private long[] sums;

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
    Arrays.fill(scaledIndex, -1);
    FrameFormat out = output.format();
    Division division = new Division((long) columns.total * rows.total);
    for (int y = 0; y < out.height(); y++) {
      Arrays.fill(sums, 0);
      int[] weights = rows.weights(y);
      for (int i = 0; i < weights.length; i++) {
        add(weights[i], scaledRow(frame, rows.first(y) + i));
      }
      division.round(sums, outLine);
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
    scaledRows[0] = new int[out.rowBytes()];
    scaledRows[1] = new int[out.rowBytes()];
    sums = new long[out.rowBytes()];
  }

  /** Row {@code y} of the old picture, scaled in width; the last two are kept. */
  private int[] scaledRow(Frame frame, int y) {
    int[] scaled = scaledRows[y & 1];
    if (scaledIndex[y & 1] == y) {
      return scaled;
    }
    scaledIndex[y & 1] = y;
    frame.pixels().get(y * input.stride(), line);
    int channels = input.pixelFormat().bytesPerPixel();
    int width = output.format().width();
    for (int x = 0, o = 0; x < width; x++, o += channels) {
      int[] weights = columns.weights(x);
      int from = columns.first(x) * channels;
      for (int c = 0; c < channels; c++) {
        int sum = 0;
        for (int i = 0, at = from + c; i < weights.length; i++, at += channels) {
          sum += weights[i] * (line[at] & 255);
        }
        scaled[o + c] = sum;
      }
    }
    return scaled;
  }

  private void add(int weight, int[] row) {
    for (int i = 0; i < row.length; i++) {
      sums[i] += (long) weight * row[i];
    }
  }

  /** Rounds sums of weights down to bytes. */
  private record Division(long total) {
    void round(long[] sums, byte[] out) {
      // exact: both sides are below 2^53, and a quotient is never closer to the next whole number
      // than 1 / total, far more than a double's error
      double divisor = total;
      long half = total / 2;
      for (int i = 0; i < out.length; i++) {
        out[i] = (byte) (int) ((sums[i] + half) / divisor);
      }
    }
  }
}
