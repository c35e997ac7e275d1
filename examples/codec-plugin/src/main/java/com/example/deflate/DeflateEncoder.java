package com.example.deflate;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Deflates a frame row by row. */
final class DeflateEncoder implements FrameEncoder {
  private static final int CHUNK = 16 * 1024;
  private static final int LARGEST_BUFFER = Integer.MAX_VALUE - 64;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final byte[] chunk = new byte[CHUNK];
  private byte[] row = {};
  private FrameFormat described;
  private Encoding description;
  private boolean closed;

  /** Noise grows: by less than a seventh, whichever zlib the JDK was built with. */
  @Override
  public int maxEncodedBytes(FrameFormat format) {
    requirePicture(format);
    long most = format.packedSize() + format.packedSize() / 7L + 64;
    if (most > LARGEST_BUFFER) {
      throw new CodecException("A picture of " + format + " is too large for one buffer.");
    }
    return (int) most;
  }

  @Override
  public Encoding describe(FrameFormat format) {
    requirePicture(format);
    if (!format.equals(described)) {
      described = format;
      description = DeflateCodec.describe(format);
    }
    return description;
  }

  @Override
  public int encode(Frame in, ByteBuffer out) {
    FrameFormat format = in.format();
    requirePicture(format);
    if (row.length != format.rowBytes()) {
      row = new byte[format.rowBytes()];
    }
    deflater.reset();
    int end = out.position();
    for (int y = 0; y < format.height(); y++) {
      in.pixels().get(y * format.stride(), row);
      deflater.setInput(row);
      while (!deflater.needsInput()) {
        end = drain(out, end);
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      end = drain(out, end);
    }
    return end - out.position();
  }

  /** By index and through an array: neither buffer's position may move. */
  private int drain(ByteBuffer out, int end) {
    int bytes = deflater.deflate(chunk);
    if (bytes > out.limit() - end) {
      throw new CodecException(
          "The compressed picture does not fit the output buffer of "
              + out.remaining()
              + " bytes.");
    }
    out.put(end, chunk, 0, bytes);
    return end + bytes;
  }

  private void requirePicture(FrameFormat format) {
    if (closed) {
      throw new IllegalStateException("This deflate encoder was closed.");
    }
    if (!format.isPicture()) {
      throw new CodecException("The deflate codec takes pictures, this is " + format + ".");
    }
  }

  @Override
  public void close() {
    closed = true;
    deflater.end();
  }
}
