package io.netgear.spi;

import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.util.Objects;

/**
 * How the bytes of a payload were made, as a message's header tells: what a decoder must know
 * besides the bytes. Immutable.
 *
 * @param format what kind of bytes: {@link #RAW}, {@link #JPEG}, or the {@link FrameCodec#format()}
 *     of another codec
 * @param colorSpace the byte order of the pixels that were encoded, and to which they are decoded;
 *     null for an array that is no picture, and for a raw one from a peer that does not say
 * @param array element type and shape of a {@link #RAW} payload, and of other formats that need it
 *     in the header; else null
 * @param fastDct whether the sender asks for the fast DCT in decoding
 * @param fastUpsample whether the sender asks for repeated instead of interpolated colours
 */
public record Encoding(
    String format,
    PixelFormat colorSpace,
    FrameFormat array,
    boolean fastDct,
    boolean fastUpsample) {
  /** The array's own bytes, in C order, without padding. */
  public static final String RAW = "raw";

  /** A JFIF file. */
  public static final String JPEG = "jpeg";

  /** Checks that there is a format. */
  public Encoding {
    Objects.requireNonNull(format, "format");
  }

  /** JPEG of pixels in {@code colorSpace}. */
  public static Encoding jpeg(PixelFormat colorSpace, boolean fastDct, boolean fastUpsample) {
    return new Encoding(JPEG, colorSpace, null, fastDct, fastUpsample);
  }

  /** The bytes of a frame of {@code format} without padding. */
  public static Encoding raw(FrameFormat format) {
    FrameFormat packed = format.packed();
    return new Encoding(
        RAW, packed.isPicture() ? packed.pixelFormat() : null, packed, false, false);
  }

  /** Whether the payload is the array itself. */
  public boolean isRaw() {
    return RAW.equals(format);
  }
}
