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
 * Pixels to baseline JFIF (YCCK with Adobe's marker for CMYK), with the standard Huffman tables.
 * Frames that several threads may work on are made in strips and have restart markers; whether and
 * how many depends on the frame's size and the settings alone, never on the machine, on who is
 * idle, or on what was encoded before.
 */
final class JpegEncoder implements FrameEncoder {
  /** Markers and tables take 623 bytes at most. */
  private static final int HEADER_BYTES = 2048;

  /** Below this many pixels waking a helper takes longer than it saves. */
  private static final int FEWEST_PIXELS = 100_000;

  /** Where the caller says how many threads. */
  private static final int STRIPS_PER_THREAD = 4;

  /**
   * Where smooth upsampling looks at the rows of neighbouring strips, a decoder in bands decodes a
   * strip twice for each band: the thinner the better.
   */
  private static final int STRIPS_PER_THREAD_WITH_CONTEXT = 6;

  /**
   * Pixels of a strip. Small ones are more often as they were before; each costs some 4 bytes of
   * the JPEG, and decoders a slower way through its first row of MCUs.
   */
  private static final int STRIP_PIXELS = 1 << 16;

  /** More make no difference that is seen. */
  private static final int MOST_STRIPS = 64;

  private final NativeSession session = NativeSession.forEncoding();
  private final Jpeg jpeg;
  private final Crew crew;
  private final int threads;
  private final SamplingFactors coloured;
  private final int flags;
  private final StripEncoding strips;
  private Encoding described;
  private FrameFormat plannedFor;
  private StripPlan plan;
  private boolean stripsPrepared;
  private SamplingFactors factors;

  JpegEncoder(Jpeg jpeg, Crew crew) {
    this.jpeg = jpeg;
    this.crew = crew;
    this.threads = jpeg.threads() == 0 ? crew.cores() : jpeg.threads();
    this.coloured = SamplingFactors.of(jpeg.subsampling());
    this.flags = NativeJpeg.flags(jpeg.fastDct(), false);
    this.strips = new StripEncoding(crew, session, jpeg.reuse());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Two bytes for each sample of the JPEG, three from quality 98 on; chroma counted after
   * subsampling, sides rounded up to whole MCUs; and 2 KiB for each strip. The worst pictures that
   * a search found took 1.6 bytes at quality 97 and 2.1 at quality 100.
   */
  @Override
  public int maxEncodedBytes(FrameFormat format) {
    session.requireOpen();
    requireEncodable(format);
    prepare(format);
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

  private void prepare(FrameFormat format) {
    FrameFormat known = plannedFor;
    if (known != null
        && known.width() == format.width()
        && known.height() == format.height()
        && known.pixelFormat() == format.pixelFormat()) {
      return;
    }
    factors = coloured.with(format.pixelFormat());
    plan =
        StripPlan.of(
            format.width(),
            format.height(),
            factors.mcuWidth(),
            factors.mcuHeight(),
            wantedStrips((long) format.width() * format.height()));
    plannedFor = format;
    stripsPrepared = false;
  }

  private int wantedStrips(long pixels) {
    int bySize = (int) Math.min(MOST_STRIPS, Math.max(2, pixels / STRIP_PIXELS));
    if (jpeg.threads() == 0) {
      return pixels < FEWEST_PIXELS ? 1 : bySize;
    }
    if (threads == 1) {
      return 1;
    }
    boolean context = factors.vertical() > 1 && !jpeg.fastUpsample();
    int each = context ? STRIPS_PER_THREAD_WITH_CONTEXT : STRIPS_PER_THREAD;
    return Math.max(threads * each, bySize);
  }

  private long worstCase(FrameFormat format) {
    return (plan.count() - 1) * worstCase(format, plan.rows()) + worstCase(format, plan.lastRows());
  }

  private long worstCase(FrameFormat format, int rows) {
    return (jpeg.quality() < 98 ? 2 : 3) * factors.samples(format, rows) + HEADER_BYTES;
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
    crew.enter();
    try {
      FrameFormat format = in.format();
      requireEncodable(format);
      Buffers.requireDirect("frame", in.pixels());
      Buffers.requireCapacity("frame", in.pixels(), format.byteSize());
      Buffers.requireWritable("output buffer", out);
      prepare(format);
      boolean whole = plan.count() == 1 && !jpeg.reuse();
      int size = whole ? -1 : encodeStrips(handle, in, out);
      return size > 0 ? size : encodeWhole(handle, in, out);
    } finally {
      crew.leave();
      session.release();
      Reference.reachabilityFence(in);
      Reference.reachabilityFence(out);
      Reference.reachabilityFence(this);
    }
  }

  /** Gives -1 when the strips have no room, or one of them cannot be encoded. */
  private int encodeStrips(long handle, Frame in, ByteBuffer out) {
    FrameFormat format = in.format();
    if (worstCase(format) > out.remaining()) {
      return -1;
    }
    if (!stripsPrepared) {
      strips.prepare(
          plan,
          format,
          (int) worstCase(format, plan.rows()),
          (int) worstCase(format, plan.lastRows()),
          jpeg.quality(),
          factors,
          flags,
          threads);
      stripsPrepared = true;
    }
    return strips.encode(handle, in, out);
  }

  /** Strips of the last frame that did not have to be encoded. */
  int reusedStrips() {
    return strips.reused();
  }

  private int encodeWhole(long handle, Frame in, ByteBuffer out) {
    FrameFormat format = in.format();
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
                factors.horizontal(),
                factors.vertical(),
                flags,
                0,
                Buffers.addressAtPosition(out),
                capacity);
    if (size < 0) {
      throw failure(size, format, capacity);
    }
    return size;
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
}
