package io.netgear.spi;

import io.netgear.Jpeg;
import java.util.Objects;

/**
 * Settings of one encoder or decoder.
 *
 * @param jpeg quality and the like; a codec takes what it has a use for
 * @param maxPixels most pixels (width x height) of a picture that a decoder may produce; also
 *     bounds the elements of an array
 */
public record CodecOptions(Jpeg jpeg, long maxPixels) {
  /** 100 million pixels: room for 8K, 500 MB at most for a picture of 4 channels. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000L;

  /** Checks both. */
  public CodecOptions {
    Objects.requireNonNull(jpeg, "jpeg");
    if (maxPixels < 1) {
      throw new IllegalArgumentException("The pixel limit is at least 1, got " + maxPixels + ".");
    }
  }

  /** The defaults. */
  public static CodecOptions defaults() {
    return new CodecOptions(Jpeg.defaults(), DEFAULT_MAX_PIXELS);
  }
}
