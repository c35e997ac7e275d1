package io.netgear.codec.turbojpeg;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * JPEG to pixels. Baseline and progressive, Huffman-coded, 8 bits, 1, 3 or 4 components; anything
 * else, and anything that libjpeg-turbo so much as warns about, is refused with the place where it
 * happened.
 */
final class JpegDecoder implements FrameDecoder {
  /** What libjpeg may take for working rows, enough at full width. */
  private static final long WORKING_BYTES = 64L << 20;

  /**
   * Coefficients of a progressive JPEG: 2 bytes for up to 4 components, and some slack for padding.
   */
  private static final long COEFFICIENT_BYTES_PER_PIXEL = 10;

  /** Below this many pixels waking a helper takes longer than it saves. */
  private static final int FEWEST_PIXELS = 100_000;

  private final NativeSession session = NativeSession.forDecoding();
  private final JpegHeader header = new JpegHeader();
  private final CodecOptions options;
  private final Crew crew;
  private final int threads;
  private final BandDecoding bands;
  private final PictureView view;
  private FrameFormat lastFormat;

  JpegDecoder(CodecOptions options, Crew crew) {
    this.options = options;
    this.crew = crew;
    int wanted = options.jpeg().threads();
    this.threads = wanted == 0 ? crew.cores() : wanted;
    this.view = new PictureView(options.view());
    this.bands =
        new BandDecoding(crew, view, options.jpeg().reuse() ? new KeptPicture(session) : null);
  }

  @Override
  public FrameFormat probe(ByteBuffer in, Encoding encoding) {
    session.acquire();
    try {
      return inspect(in, encoding);
    } finally {
      session.release();
      Reference.reachabilityFence(this);
    }
  }

  private FrameFormat inspect(ByteBuffer in, Encoding encoding) {
    Buffers.requireDirect("payload", in);
    if (!Encoding.JPEG.equals(encoding.format())) {
      throw new CodecException(
          "The turbojpeg codec decodes jpeg, the payload is said to be " + encoding.format() + ".");
    }
    header.read(in);
    long pixels = (long) header.width() * header.height();
    if (pixels > options.maxPixels()) {
      throw new CodecException(
          "The JPEG has "
              + header.width()
              + "x"
              + header.height()
              + " pixels, the limit is "
              + options.maxPixels()
              + " in all: raise the limit if this size is wanted.");
    }
    PixelFormat pixelFormat =
        encoding.colorSpace() == null ? header.naturalFormat() : encoding.colorSpace();
    if ((pixelFormat == PixelFormat.CMYK) != (header.components() == 4)) {
      throw new CodecException(
          "A JPEG of "
              + header.components()
              + (header.components() == 1 ? " component" : " components")
              + " cannot be decoded to "
              + pixelFormat
              + ": its own pixels are "
              + header.naturalFormat()
              + ".");
    }
    view.of(header.width(), header.height());
    boolean loses = view.gray() && pixelFormat != PixelFormat.CMYK;
    return format(view.width(), view.height(), loses ? PixelFormat.GRAY : pixelFormat);
  }

  @Override
  public void decode(ByteBuffer in, Encoding encoding, Frame out) {
    long handle = session.acquire();
    crew.enter();
    try {
      FrameFormat wanted = inspect(in, encoding);
      FrameFormat format = out.format();
      requireSame(wanted, format);
      Buffers.requireWritable("frame", out.pixels());
      Buffers.requireCapacity("frame", out.pixels(), format.byteSize());
      int flags =
          NativeJpeg.flags(
              encoding.fastDct() || options.jpeg().fastDct(),
              encoding.fastUpsample() || options.jpeg().fastUpsample());
      decode(handle, in, out, flags);
    } finally {
      crew.leave();
      session.release();
      Reference.reachabilityFence(in);
      Reference.reachabilityFence(out);
      Reference.reachabilityFence(this);
    }
  }

  private void decode(long handle, ByteBuffer in, Frame out, int flags) {
    long pixels = (long) header.width() * header.height();
    long maxMemory = WORKING_BYTES + COEFFICIENT_BYTES_PER_PIXEL * pixels;
    boolean mayBeShared = threads > 1 && (options.jpeg().threads() != 0 || pixels >= FEWEST_PIXELS);
    if (bands.decode(handle, mayBeShared ? threads : 1, in, out, flags, maxMemory)) {
      return;
    }
    boolean decoded = false;
    long begin = System.nanoTime();
    try {
      decodeWhole(handle, in, out, flags, maxMemory);
      decoded = true;
    } finally {
      if (!decoded) {
        bands.forget();
      }
    }
    bands.decodedWhole(out, System.nanoTime() - begin);
  }

  /** Restart intervals of the last frame that did not have to be decoded; a whole frame is one. */
  int reusedIntervals() {
    return bands.reused();
  }

  private void decodeWhole(long handle, ByteBuffer in, Frame out, int flags, long maxMemory) {
    FrameFormat format = out.format();
    int size = in.remaining();
    int code =
        NativeJpeg.decodeView(
            handle,
            Buffers.addressAtPosition(in),
            size,
            view.scale(),
            view.left(),
            view.top(),
            view.isPart() ? view.width() : 0,
            view.isPart() ? view.height() : 0,
            NativeJpeg.addressOf(out.pixels()),
            header.width(),
            header.height(),
            format.stride(),
            NativeJpeg.code(format.pixelFormat()),
            flags,
            maxMemory);
    if (code < 0) {
      throw new CodecException(
          "The JPEG cannot be decoded: "
              + session.errorText()
              + ", near byte "
              + NativeJpeg.errorOffset(handle)
              + " of "
              + size
              + ".");
    }
  }

  @Override
  public void close() {
    session.close();
  }

  private static void requireSame(FrameFormat wanted, FrameFormat format) {
    boolean same =
        format.isPicture()
            && format.width() == wanted.width()
            && format.height() == wanted.height()
            && format.pixelFormat() == wanted.pixelFormat();
    if (!same) {
      throw new IllegalArgumentException(
          "The JPEG decodes to " + wanted + ", the frame given for it is " + format + ".");
    }
  }

  private FrameFormat format(int width, int height, PixelFormat pixelFormat) {
    FrameFormat last = lastFormat;
    if (last == null
        || last.width() != width
        || last.height() != height
        || last.pixelFormat() != pixelFormat) {
      try {
        last = FrameFormat.of(width, height, pixelFormat);
      } catch (IllegalArgumentException e) {
        throw new CodecException("The JPEG's pixels do not fit one buffer. " + e.getMessage(), e);
      }
      lastFormat = last;
    }
    return last;
  }
}
