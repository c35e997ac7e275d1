package com.example.deflate;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a frame row by row, and never more than its header says: a payload that would give fewer
 * or more pixels is refused.
 */
final class DeflateDecoder implements FrameDecoder {
  private static final int CHUNK = 16 * 1024;

  private final Inflater inflater = new Inflater();
  private final long maxPixels;
  private final byte[] chunk = new byte[CHUNK];
  private byte[] row = {};
  private int read;
  private boolean closed;

  DeflateDecoder(long maxPixels) {
    this.maxPixels = maxPixels;
  }

  @Override
  public FrameFormat probe(ByteBuffer in, Encoding encoding) {
    if (closed) {
      throw new IllegalStateException("This deflate decoder was closed.");
    }
    FrameFormat format = encoding.array();
    if (!encoding.format().equals(DeflateCodec.FORMAT) || format == null || !format.isPicture()) {
      throw new CodecException(
          "A deflated picture's header has the format deflate, a shape and a pixel format.");
    }
    long pixels = (long) format.width() * format.height();
    if (pixels > maxPixels) {
      throw new CodecException(
          "The picture " + format + " is over the limit of " + maxPixels + " pixels.");
    }
    return format.packed();
  }

  @Override
  public void decode(ByteBuffer in, Encoding encoding, Frame out) {
    FrameFormat format = out.format();
    if (!probe(in, encoding).equals(format.packed())) {
      throw new IllegalArgumentException(
          "A picture of " + encoding.array() + " does not fit a frame of " + format + ".");
    }
    if (row.length != format.rowBytes()) {
      row = new byte[format.rowBytes()];
    }
    inflater.reset();
    read = in.position();
    for (int y = 0; y < format.height(); y++) {
      fill(in, format);
      out.pixels().put(y * format.stride(), row);
    }
    requireEnd(in, format);
  }

  private void fill(ByteBuffer in, FrameFormat format) {
    int filled = 0;
    while (filled < row.length) {
      int bytes = inflate(in, filled, row.length - filled);
      if (bytes == 0 && inflater.finished()) {
        throw broken(in, format, "it ends before the last pixel");
      }
      filled += bytes;
    }
  }

  /** Behind the pixels there is a checksum, and then nothing. */
  private void requireEnd(ByteBuffer in, FrameFormat format) {
    while (!inflater.finished()) {
      if (inflate(in, 0, 1) > 0) {
        throw broken(in, format, "it has more pixels than that");
      }
    }
    if (inflater.getRemaining() > 0 || read < in.limit()) {
      throw broken(in, format, "something follows its end");
    }
  }

  private int inflate(ByteBuffer in, int offset, int length) {
    try {
      int bytes = inflater.inflate(row, offset, length);
      if (bytes == 0 && inflater.needsDictionary()) {
        throw broken(in, null, "it wants a dictionary");
      }
      if (bytes == 0 && inflater.needsInput() && !inflater.finished()) {
        feed(in);
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new CodecException("The deflated payload is broken near byte " + at(in) + ".", e);
    }
  }

  private void feed(ByteBuffer in) {
    int bytes = Math.min(chunk.length, in.limit() - read);
    if (bytes == 0) {
      throw new CodecException("The deflated payload was cut off at byte " + at(in) + ".");
    }
    in.get(read, chunk, 0, bytes);
    inflater.setInput(chunk, 0, bytes);
    read += bytes;
  }

  private CodecException broken(ByteBuffer in, FrameFormat format, String why) {
    return new CodecException(
        "The deflated payload"
            + (format == null ? "" : " of " + format)
            + " is broken near byte "
            + at(in)
            + ": "
            + why
            + ".");
  }

  private int at(ByteBuffer in) {
    return read - inflater.getRemaining() - in.position();
  }

  @Override
  public void close() {
    closed = true;
    inflater.end();
  }
}
