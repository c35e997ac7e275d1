package io.netgear.codec.turbojpeg;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameEncoder;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * Pixels to baseline JFIF (YCCK with Adobe's marker for CMYK), with the standard Huffman tables and
 * no restart markers.
 */
final class JpegEncoder implements FrameEncoder {
  /** Markers and tables take 623 bytes at most. */
  private static final int HEADER_BYTES = 2048;

  private final NativeSession session = NativeSession.forEncoding();
  private final Jpeg jpeg;
  private final int horizontal;
  private final int vertical;
  private final int flags;
  private Encoding described;

  JpegEncoder(Jpeg jpeg) {
    this.jpeg = jpeg;
    this.horizontal = horizontal(jpeg.subsampling());
    this.vertical = vertical(jpeg.subsampling());
    this.flags = NativeJpeg.flags(jpeg.fastDct(), false);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Two bytes for each sample of the JPEG, three from quality 98 on; chroma counted after
   * subsampling, sides rounded up to whole MCUs. The worst pictures that a search found took 1.6
   * bytes at quality 97 and 2.1 at quality 100.
   */
  @Override
  public int maxEncodedBytes(FrameFormat format) {
    session.requireOpen();
    requireEncodable(format);
    long bytes = worstCase(format);
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new CodecException(
          "A JPEG of "
              + format
              + " may take "
              + bytes
              + " bytes, more than one buffer can hold: send it in parts.");
    }
    return (int) bytes;
  }

  private long worstCase(FrameFormat format) {
    long luma = roundUp(format.width(), 8 * horizontal) * roundUp(format.height(), 8 * vertical);
    long samples = luma;
    if (!isGray(format)) {
      long chroma = 2 * (luma / ((long) horizontal * vertical));
      samples = (format.pixelFormat() == PixelFormat.CMYK ? 2 * luma : luma) + chroma;
    }
    return (jpeg.quality() < 98 ? 2 : 3) * samples + HEADER_BYTES;
  }

  @Override
  public Encoding describe(FrameFormat format) {
    session.requireOpen();
    requireEncodable(format);
    if (described == null || described.colorSpace() != format.pixelFormat()) {
      described = Encoding.jpeg(format.pixelFormat(), jpeg.fastDct(), jpeg.fastUpsample());
    }
    return described;
  }

  @Override
  public int encode(Frame in, ByteBuffer out) {
    long handle = session.acquire();
    try {
      FrameFormat format = in.format();
      requireEncodable(format);
      Buffers.requireDirect("frame", in.pixels());
      Buffers.requireCapacity("frame", in.pixels(), format.byteSize());
      Buffers.requireWritable("output buffer", out);
      int capacity = out.remaining();
      int size =
          capacity == 0
              ? NativeJpeg.OUTPUT_FULL
              : NativeJpeg.encode(
                  handle,
                  NativeJpeg.addressOf(in.pixels()),
                  format.width(),
                  format.height(),
                  format.stride(),
                  NativeJpeg.code(format.pixelFormat()),
                  jpeg.quality(),
                  isGray(format) ? 0 : horizontal,
                  isGray(format) ? 0 : vertical,
                  flags,
                  Buffers.addressAtPosition(out),
                  capacity);
      if (size < 0) {
        throw failure(size, format, capacity);
      }
      return size;
    } finally {
      session.release();
      Reference.reachabilityFence(in);
      Reference.reachabilityFence(out);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void close() {
    session.close();
  }

  private CodecException failure(int code, FrameFormat format, int capacity) {
    if (code == NativeJpeg.OUTPUT_FULL) {
      return new CodecException(
          "The JPEG of "
              + format
              + " does not fit the "
              + capacity
              + " bytes left in the output buffer: "
              + worstCase(format)
              + " are enough.");
    }
    return new CodecException(
        format + " could not be encoded as JPEG: " + session.errorText() + ".");
  }

  private void requireEncodable(FrameFormat format) {
    if (!format.isPicture()) {
      throw new CodecException(
          "JPEG holds pictures, "
              + format
              + " is an array: give it a pixel format, or send it without compression.");
    }
    if (format.pixelFormat() == PixelFormat.CMYK && jpeg.subsampling() == Subsampling.GRAY) {
      throw new CodecException(
          "CMYK pixels cannot be encoded as a gray JPEG: choose another subsampling than gray, or another colour space.");
    }
  }

  private boolean isGray(FrameFormat format) {
    return jpeg.subsampling() == Subsampling.GRAY || format.pixelFormat() == PixelFormat.GRAY;
  }

  private static long roundUp(int value, int multiple) {
    return (value + multiple - 1L) / multiple * multiple;
  }

  private static int horizontal(Subsampling subsampling) {
    return switch (subsampling) {
      case S444, S440, GRAY -> 1;
      case S422, S420 -> 2;
      case S411 -> 4;
    };
  }

  private static int vertical(Subsampling subsampling) {
    return switch (subsampling) {
      case S444, S422, S411, GRAY -> 1;
      case S420, S440 -> 2;
    };
  }
}
