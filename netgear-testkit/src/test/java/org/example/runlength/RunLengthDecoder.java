package org.example.runlength;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import java.nio.ByteBuffer;

/** Reads what {@link RunLengthEncoder} writes, and trusts none of it. */
final class RunLengthDecoder implements FrameDecoder {
  private final long maxPixels;
  private FrameFormat last;
  private boolean closed;

  RunLengthDecoder(long maxPixels) {
    this.maxPixels = maxPixels;
  }

  @Override
  public FrameFormat probe(ByteBuffer in, Encoding encoding) {
    if (closed) {
      throw new IllegalStateException("This run-length decoder was closed.");
    }
    int start = in.position();
    if (in.remaining() < RunLengthEncoder.HEADER_BYTES) {
      throw new CodecException("The payload of " + in.remaining() + " bytes has no whole header.");
    }
    int width = unsignedShort(in, start);
    int height = unsignedShort(in, start + 2);
    if (width == 0 || height == 0 || (long) width * height > maxPixels) {
      throw new CodecException(
          "A picture of " + width + "x" + height + " is not within 1 to " + maxPixels + " pixels.");
    }
    PixelFormat pixels = encoding.colorSpace();
    if (pixels == null || pixels.bytesPerPixel() != in.get(start + 4)) {
      throw new CodecException(
          "The payload has " + in.get(start + 4) + " bytes a pixel, which is not " + pixels + ".");
    }
    return format(width, height, pixels);
  }

  @Override
  public void decode(ByteBuffer in, Encoding encoding, Frame out) {
    FrameFormat format = probe(in, encoding);
    FrameFormat wanted = out.format();
    if (wanted.packedSize() != format.packedSize() || wanted.rowBytes() != format.rowBytes()) {
      throw new IllegalArgumentException(
          "A payload of " + format + " does not fit " + wanted + ".");
    }
    int at = in.position() + RunLengthEncoder.HEADER_BYTES;
    for (int row = 0; row < wanted.rows(); row++) {
      int to = row * wanted.stride();
      int end = to + wanted.rowBytes();
      while (to < end) {
        if (at + 2 > in.limit()) {
          throw new CodecException("The payload ends in row " + row + " of " + format + ".");
        }
        int run = in.get(at) & 0xFF;
        byte value = in.get(at + 1);
        at += 2;
        if (run == 0 || to + run > end) {
          throw new CodecException("A run of " + run + " in row " + row + " of " + format + ".");
        }
        for (int i = 0; i < run; i++) {
          out.pixels().put(to++, value);
        }
      }
    }
  }

  /** The same object for the same format: a stream of frames then makes no garbage. */
  private FrameFormat format(int width, int height, PixelFormat pixels) {
    if (last == null
        || last.width() != width
        || last.height() != height
        || last.pixelFormat() != pixels) {
      last = FrameFormat.of(width, height, pixels);
    }
    return last;
  }

  private static int unsignedShort(ByteBuffer in, int at) {
    return (in.get(at) & 0xFF) << 8 | (in.get(at + 1) & 0xFF);
  }

  @Override
  public void close() {
    closed = true;
  }
}
