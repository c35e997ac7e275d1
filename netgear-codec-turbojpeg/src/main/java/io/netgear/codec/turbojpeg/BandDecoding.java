package io.netgear.codec.turbojpeg;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A JPEG with restart markers decoded in bands, on several threads: each band is some restart
 * intervals, which go straight into their rows of the frame.
 *
 * <p>Bands come to the pixels and the complaints of serial decoding, or give up: where the markers
 * are not exactly those that the headers announce, and where libjpeg has the least to say about a
 * band, the whole is decoded serially, and that decides. Where smooth upsampling looks at
 * neighbouring rows, a band also decodes the interval above it, for its last rows.
 */
final class BandDecoding extends SharedWork {
  /** Enough that a thread which comes late or is held up leaves little waiting for it. */
  private static final int BANDS_PER_THREAD = 4;

  private final Crew crew;
  private final RestartScan scan = new RestartScan();
  private ByteBuffer restarts = ByteBuffer.allocateDirect(0);
  private long input;
  private int size;
  private long pixels;
  private FrameFormat format;
  private int flags;
  private long maxMemory;
  private int firstIntervals;
  private int intervalsPerBand;
  private int overlap;

  BandDecoding(Crew crew) {
    this.crew = crew;
  }

  /**
   * Decodes {@code in}, whose size is the frame's. Gives false when serial decoding has to do it;
   * the frame then holds anything.
   *
   * @param threads most threads, the caller among them
   */
  boolean decode(long handle, int threads, ByteBuffer in, Frame out, int flags, long maxMemory) {
    int usable = crew.threadsFor(this, threads);
    if (usable < 2 || !scan.read(in)) {
      return false;
    }
    boolean smooth = (flags & NativeJpeg.FAST_UPSAMPLE) == 0;
    int bands = cut(usable, smooth && scan.hasSubsampledRows());
    if (bands < 2) {
      return false;
    }
    input = Buffers.addressAtPosition(in);
    size = in.remaining();
    int expected = scan.intervals() - 1;
    if (restarts.capacity() < Integer.BYTES * expected) {
      restarts = ByteBuffer.allocateDirect(Integer.BYTES * expected).order(ByteOrder.nativeOrder());
    }
    int found =
        NativeJpeg.findRestarts(
            input, size, scan.headers(), NativeJpeg.addressOf(restarts), expected);
    if (found != expected) {
      return false;
    }
    format = out.format();
    pixels = NativeJpeg.addressOf(out.pixels());
    this.flags = flags;
    this.maxMemory = maxMemory;
    crew.share(this, bands, usable, handle);
    return !failed();
  }

  /** Chooses how many intervals make a band. Gives the number of bands. */
  private int cut(int threads, boolean overlapping) {
    int intervals = scan.intervals();
    if (!overlapping) {
      overlap = 0;
      intervalsPerBand = ceil(intervals, threads * BANDS_PER_THREAD);
      firstIntervals = intervalsPerBand;
      return ceil(intervals, intervalsPerBand);
    }
    // Each band but the first decodes one interval more than its own: few bands, and a first one
    // that is as much work as the others.
    overlap = 1;
    firstIntervals = 0;
    int most = Integer.MAX_VALUE;
    for (int first = 1; first < intervals; first++) {
      int others = ceil(intervals - first, threads - 1);
      int work = Math.max(first, others + overlap);
      if (work < most) {
        most = work;
        firstIntervals = first;
        intervalsPerBand = others;
      }
    }
    boolean pays = 4L * most <= 3L * intervals;
    return pays ? 1 + ceil(intervals - firstIntervals, intervalsPerBand) : 1;
  }

  @Override
  boolean decodes() {
    return true;
  }

  @Override
  boolean doPart(int index, long handle) {
    int intervals = scan.intervals();
    int wanted = index == 0 ? 0 : firstIntervals + (index - 1) * intervalsPerBand;
    int next = Math.min(intervals, firstIntervals + index * intervalsPerBand);
    int first = index == 0 ? 0 : wanted - overlap;
    int intervalHeight = scan.intervalRows() * scan.mcuHeight();
    int top = wanted * intervalHeight;
    int code =
        NativeJpeg.decodeBand(
            handle,
            input,
            size,
            scan.headers(),
            scan.heightAt(),
            scan.intervalRows(),
            first,
            first == 0 ? scan.headers() : restart(first),
            next == intervals ? size : restart(next),
            scan.height() - first * intervalHeight,
            (wanted - first) * intervalHeight,
            Math.min(scan.height(), next * intervalHeight) - top,
            pixels + (long) top * format.stride(),
            format.width(),
            format.stride(),
            NativeJpeg.code(format.pixelFormat()),
            flags,
            maxMemory);
    return code == 0;
  }

  /** Where an interval begins: behind the marker before it. */
  private int restart(int interval) {
    return restarts.getInt(Integer.BYTES * (interval - 1));
  }

  private static int ceil(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }
}
