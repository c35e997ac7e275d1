package io.netgear.internal.raw;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;

/** Copies a frame's rows one behind the other. */
final class RawEncoder implements FrameEncoder {
  private FrameFormat described;
  private Encoding description;
  private boolean closed;

  @Override
  public int maxEncodedBytes(FrameFormat format) {
    requireOpen();
    return format.packedSize();
  }

  @Override
  public Encoding describe(FrameFormat format) {
    requireOpen();
    if (!format.equals(described)) {
      described = format;
      description = Encoding.raw(format);
    }
    return description;
  }

  @Override
  public int encode(Frame in, ByteBuffer out) {
    requireOpen();
    FrameFormat format = in.format();
    int bytes = format.packedSize();
    if (out.remaining() < bytes) {
      throw new CodecException(
          "Frame "
              + format
              + " needs "
              + bytes
              + " bytes uncompressed, the output buffer has room for "
              + out.remaining()
              + ".");
    }
    Rows.copy(
        in.pixels(),
        0,
        format.stride(),
        out,
        out.position(),
        format.rowBytes(),
        format.rowBytes(),
        format.rows());
    return bytes;
  }

  @Override
  public boolean payloadIsPixels() {
    return true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("This raw encoder was closed.");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
