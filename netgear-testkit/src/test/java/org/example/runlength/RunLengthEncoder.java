package org.example.runlength;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;

/** Writes width, height and bytes per pixel, and then pairs of a count and a byte. */
final class RunLengthEncoder implements FrameEncoder {
  static final int HEADER_BYTES = 5;
  static final int LONGEST_RUN = 255;

  private FrameFormat described;
  private Encoding description;
  private boolean closed;

  @Override
  public int maxEncodedBytes(FrameFormat format) {
    requirePicture(format);
    long worst = HEADER_BYTES + 2L * format.packedSize();
    if (worst > Integer.MAX_VALUE) {
      throw new CodecException("A frame of " + format + " is too large for the run-length codec.");
    }
    return (int) worst;
  }

  @Override
  public Encoding describe(FrameFormat format) {
    if (!format.equals(described)) {
      described = format;
      description = new Encoding("org.example.runlength", format.pixelFormat(), null, false, false);
    }
    return description;
  }

  @Override
  public int encode(Frame in, ByteBuffer out) {
    FrameFormat format = in.format();
    requirePicture(format);
    if (out.isReadOnly()) {
      throw new IllegalArgumentException("The output buffer is read-only.");
    }
    int start = out.position();
    int at = start;
    if (out.remaining() < HEADER_BYTES) {
      throw tooSmall(format, out);
    }
    at = putShort(out, at, format.width());
    at = putShort(out, at, format.height());
    out.put(at++, (byte) format.pixelFormat().bytesPerPixel());
    for (int row = 0; row < format.rows(); row++) {
      int from = row * format.stride();
      int end = from + format.rowBytes();
      while (from < end) {
        byte value = in.pixels().get(from);
        int run = 1;
        while (run < LONGEST_RUN && from + run < end && in.pixels().get(from + run) == value) {
          run++;
        }
        if (at + 2 > out.limit()) {
          throw tooSmall(format, out);
        }
        out.put(at++, (byte) run).put(at++, value);
        from += run;
      }
    }
    return at - start;
  }

  private static int putShort(ByteBuffer out, int at, int value) {
    out.put(at, (byte) (value >> 8)).put(at + 1, (byte) value);
    return at + 2;
  }

  private static CodecException tooSmall(FrameFormat format, ByteBuffer out) {
    return new CodecException(
        "Frame "
            + format
            + " does not fit the "
            + out.remaining()
            + " bytes of the output buffer.");
  }

  private void requirePicture(FrameFormat format) {
    if (closed) {
      throw new IllegalStateException("This run-length encoder was closed.");
    }
    if (!format.isPicture()) {
      throw new CodecException("The run-length codec encodes pictures, not " + format + ".");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
