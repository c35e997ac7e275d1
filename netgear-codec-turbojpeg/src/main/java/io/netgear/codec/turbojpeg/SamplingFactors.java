package io.netgear.codec.turbojpeg;

import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;

/**
 * The luma sampling factors of a JPEG, which say how large its MCUs are.
 *
 * @param horizontal luma samples for each chroma sample of a row; 0 when the JPEG is gray
 * @param vertical the same of a column
 */
record SamplingFactors(int horizontal, int vertical) {
  private static final SamplingFactors NO_COLOUR = new SamplingFactors(0, 0);
  private static final int BLOCK = 8;

  /** Those of a JPEG made with {@code subsampling} of pixels that have colour. */
  static SamplingFactors of(Subsampling subsampling) {
    return switch (subsampling) {
      case S444 -> new SamplingFactors(1, 1);
      case S422 -> new SamplingFactors(2, 1);
      case S420 -> new SamplingFactors(2, 2);
      case S440 -> new SamplingFactors(1, 2);
      case S411 -> new SamplingFactors(4, 1);
      case GRAY -> NO_COLOUR;
    };
  }

  /** Those of a JPEG made of such pixels: gray ones make a gray JPEG. */
  SamplingFactors with(PixelFormat pixels) {
    return pixels == PixelFormat.GRAY ? NO_COLOUR : this;
  }

  int mcuWidth() {
    return BLOCK * Math.max(1, horizontal);
  }

  int mcuHeight() {
    return BLOCK * Math.max(1, vertical);
  }

  /** Samples of all components in {@code rows} pixel rows, sides rounded up to whole MCUs. */
  long samples(FrameFormat format, int rows) {
    long luma = roundUp(format.width(), mcuWidth()) * roundUp(rows, mcuHeight());
    if (horizontal == 0) {
      return luma;
    }
    long chroma = 2 * (luma / ((long) horizontal * vertical));
    return (format.pixelFormat() == PixelFormat.CMYK ? 2 * luma : luma) + chroma;
  }

  private static long roundUp(int value, int multiple) {
    return (value + multiple - 1L) / multiple * multiple;
  }
}
