package io.netgear.internal.raw;

import io.netgear.CodecException;
import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import java.nio.ByteBuffer;

/** Checks that a payload is the array that its header describes, and copies it out. */
final class RawDecoder implements FrameDecoder {
  private static final int MOST_CHANNELS = 4;

  private final long maxPixels;
  private boolean closed;

  RawDecoder(long maxPixels) {
    this.maxPixels = maxPixels;
  }

  @Override
  public FrameFormat probe(ByteBuffer in, Encoding encoding) {
    if (closed) {
      throw new IllegalStateException("This raw decoder was closed.");
    }
    if (!encoding.isRaw()) {
      throw new CodecException(
          "The payload's format is "
              + encoding.format()
              + ": the raw codec reads uncompressed frames only.");
    }
    FrameFormat array = encoding.array();
    if (array == null) {
      throw new CodecException("An uncompressed frame came without its element type and shape.");
    }
    long pixels = pixels(array);
    if (pixels > maxPixels) {
      throw new CodecException(
          "Frame "
              + array
              + " has "
              + pixels
              + " pixels, more than the limit of "
              + maxPixels
              + ": raise it if that is right.");
    }
    if (in.remaining() != array.packedSize()) {
      throw new CodecException(
          "Frame "
              + array
              + " has "
              + array.packedSize()
              + " bytes uncompressed, the payload has "
              + in.remaining()
              + ".");
    }
    return array.packed();
  }

  /** Pixels of what is or may be a picture, elements of any other array. */
  private static long pixels(FrameFormat array) {
    boolean channelsLast =
        array.elementType() == ElementType.UINT8
            && array.dimensions() == 3
            && array.dimension(2) <= MOST_CHANNELS;
    long pixels = 1;
    for (int i = 0; i < (channelsLast ? 2 : array.dimensions()); i++) {
      pixels *= array.dimension(i);
    }
    return pixels;
  }

  @Override
  public void decode(ByteBuffer in, Encoding encoding, Frame out) {
    FrameFormat array = probe(in, encoding);
    FrameFormat format = out.format();
    // a picture may be read as the array that it came as, so only the bytes must agree
    if (format.elementType() != array.elementType() || format.packedSize() != array.packedSize()) {
      throw new IllegalArgumentException(
          "A payload of "
              + array
              + " cannot be decoded into a frame of "
              + format
              + ": take the format that probe gives.");
    }
    Rows.copy(
        in,
        in.position(),
        format.rowBytes(),
        out.pixels(),
        0,
        format.stride(),
        format.rowBytes(),
        format.rows());
  }

  @Override
  public boolean payloadIsPixels() {
    return true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
