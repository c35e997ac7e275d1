package io.netgear.spi;

import io.netgear.Jpeg;
import java.util.Objects;

/**
 * Settings of one encoder or decoder.
 *
 * @param jpeg quality and the like; a codec takes what it has a use for
 * @param maxPixels most pixels (width x height) of a picture that a decoder may produce; also
 *     bounds the elements of an array; counted before anything is left out of it
 * @param view what a decoder gives of each picture
 */
public record CodecOptions(Jpeg jpeg, long maxPixels, View view) {
  /** 100 million pixels: room for 8K, 500 MB at most for a picture of 4 channels. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000L;

  /** Checks them. */
  public CodecOptions {
    Objects.requireNonNull(jpeg, "jpeg");
    Objects.requireNonNull(view, "view");
    if (maxPixels < 1) {
      throw new IllegalArgumentException("The pixel limit is at least 1, got " + maxPixels + ".");
    }
  }

  /** For whole pictures. */
  public CodecOptions(Jpeg jpeg, long maxPixels) {
    this(jpeg, maxPixels, View.WHOLE);
  }

  /** The defaults. */
  public static CodecOptions defaults() {
    return new CodecOptions(Jpeg.defaults(), DEFAULT_MAX_PIXELS);
  }
}
