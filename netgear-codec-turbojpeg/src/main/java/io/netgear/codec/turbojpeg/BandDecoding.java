package io.netgear.codec.turbojpeg;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A JPEG with restart markers decoded in bands, on several threads: each band is some restart
 * intervals, which go straight into their rows of the frame. Intervals that are as they were in the
 * frame before are copied, and where a part of the picture is wanted, the others are left out.
 *
 * <p>Bands come to the pixels and the complaints of serial decoding, or give up: where the markers
 * are not exactly those that the headers announce, and where libjpeg has the least to say about a
 * band, the whole is decoded serially, and that decides. Where smooth upsampling looks at
 * neighbouring rows, a band also decodes the interval above it, for its last rows.
 */
final class BandDecoding extends SharedWork {
  /** Enough that a thread which comes late or is held up leaves little waiting for it. */
  private static final int BANDS_PER_THREAD = 4;

  /** What copying an interval costs, as a part of decoding it. */
  private static final int COPY_IS_CHEAPER = 8;

  private final Crew crew;
  private final PictureView view;
  private final KeptPicture kept;
  private final RestartScan scan = new RestartScan();
  private ByteBuffer restarts =
      ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
  private long input;
  private int size;
  private long pixels;
  private FrameFormat format;
  private int flags;
  private long maxMemory;
  private boolean banded;
  private boolean looked;
  private int intervals;
  private int overlap;
  private int parts;
  private int[] firsts = new int[1];
  private int[] counts = new int[1];

  /**
   * For a decoder.
   *
   * @param kept what is remembered; null where nothing is
   */
  BandDecoding(Crew crew, PictureView view, KeptPicture kept) {
    this.crew = crew;
    this.view = view;
    this.kept = kept;
  }

  /**
   * Decodes what is wanted of {@code in}, whose size is known to the view, into a frame of just
   * that size. Gives false when serial decoding has to do it, with {@link #decodedWhole}
   * afterwards; the frame then holds anything.
   *
   * @param threads most threads, the caller among them
   */
  boolean decode(long handle, int threads, ByteBuffer in, Frame out, int flags, long maxMemory) {
    int usable = threads == 1 ? 1 : crew.threadsFor(this, threads);
    looked = false;
    if (usable == 1 && kept == null && !view.isPart()) {
      return false;
    }
    input = Buffers.addressAtPosition(in);
    size = in.remaining();
    format = out.format();
    pixels = NativeJpeg.addressOf(out.pixels());
    this.flags = flags;
    this.maxMemory = maxMemory;
    banded = findIntervals(in);
    boolean smooth = (flags & NativeJpeg.FAST_UPSAMPLE) == 0;
    overlap = banded && smooth && scan.hasSubsampledRows() ? 1 : 0;
    if (kept != null && !view.isPart()) {
      look();
    }
    cut(usable);
    if (parts == 0) {
      return false;
    }
    long begin = System.nanoTime();
    crew.share(this, parts, Math.min(usable, parts), handle);
    if (failed()) {
      forget();
      return false;
    }
    pace().took(usable > 1, System.nanoTime() - begin, workDone());
    if (looked) {
      kept.become(input);
    }
    return true;
  }

  /** Serial decoding has given {@code decode}'s frame, in so many nanoseconds. */
  void decodedWhole(Frame out, long ns) {
    pace().took(false, ns, (long) out.format().width() * out.format().height());
    if (looked) {
      kept.remember(0, intervals, pixels, format.stride());
      kept.become(input);
    }
  }

  /** Serial decoding has failed, or may have. */
  void forget() {
    if (kept != null) {
      kept.forget();
    }
  }

  /** Whether the JPEG can be decoded in intervals; else it counts as a single one. */
  private boolean findIntervals(ByteBuffer in) {
    intervals = 1;
    if (!scan.read(in)) {
      return false;
    }
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
    intervals = scan.intervals();
    return true;
  }

  private void look() {
    kept.look(
        input,
        size,
        banded ? scan.headers() : 0,
        intervals,
        restarts,
        banded ? intervalHeight() : format.height(),
        overlap > 0,
        format,
        flags);
    looked = true;
  }

  /** Rows of an interval in the scaled picture. */
  private int intervalHeight() {
    return scan.intervalRows() * scan.mcuHeight() / view.scale();
  }

  /** Chooses which intervals make a part of the work; none where serial decoding does as well. */
  private void cut(int threads) {
    parts = 0;
    if (firsts.length < intervals) {
      firsts = new int[intervals];
      counts = new int[intervals];
    }
    if (looked && kept.againCount() > 0) {
      cutAroundWhatIsKept(threads);
    } else if (banded && view.isPart()) {
      int first = view.top() / intervalHeight();
      int end = Math.min(intervals, ceil(view.top() + view.height(), intervalHeight()));
      add(first, end - first, perPart(end - first, threads));
    } else if (banded && threads > 1 && overlap == 0) {
      add(0, intervals, perPart(intervals, threads));
    } else if (banded && threads > 1) {
      cutOverlapping(threads);
    }
    boolean alone = parts == 1 && !view.isPart() && !(looked && kept.againCount() > 0);
    parts = alone ? 0 : parts;
  }

  /** Each band but the first decodes one interval more than its own, so there are few. */
  private int perPart(int count, int threads) {
    return Math.max(1, ceil(count, overlap > 0 ? threads : threads * BANDS_PER_THREAD));
  }

  private void cutAroundWhatIsKept(int threads) {
    int each = perPart(intervals - kept.againCount(), threads);
    int copied = Math.max(1, ceil(kept.againCount(), threads * BANDS_PER_THREAD));
    int first = 0;
    while (first < intervals) {
      boolean again = kept.again(first);
      int end = first + 1;
      while (end < intervals && kept.again(end) == again) {
        end++;
      }
      add(first, end - first, again ? copied : each);
      first = end;
    }
  }

  private void cutOverlapping(int threads) {
    // A first band that is as much work as the others, which have one interval more to do.
    int firstBand = 0;
    int each = 0;
    int most = Integer.MAX_VALUE;
    for (int first = 1; first < intervals; first++) {
      int others = ceil(intervals - first, threads - 1);
      int work = Math.max(first, others + overlap);
      if (work < most) {
        most = work;
        firstBand = first;
        each = others;
      }
    }
    boolean pays = 4L * most <= 3L * intervals;
    if (pays) {
      add(0, firstBand, firstBand);
      add(firstBand, intervals - firstBand, each);
    }
  }

  private void add(int first, int count, int each) {
    for (int at = first; at < first + count; at += each) {
      firsts[parts] = at;
      counts[parts] = Math.min(each, first + count - at);
      parts++;
    }
  }

  /** Intervals of the last frame that are pixels of earlier ones. */
  int reused() {
    return looked ? kept.againCount() : 0;
  }

  /** In pixels that were decoded. */
  private long workDone() {
    long pixels = (long) format.width() * format.height();
    long again = looked ? pixels * kept.againCount() / intervals : 0;
    return pixels - again + again / COPY_IS_CHEAPER;
  }

  @Override
  boolean decodes() {
    return true;
  }

  @Override
  boolean doPart(int index, long handle) {
    int first = firsts[index];
    int count = counts[index];
    if (looked && kept.again(first)) {
      kept.give(first, count, pixels, format.stride());
      return true;
    }
    boolean decoded = decodeBand(handle, first, first + count);
    if (decoded && looked) {
      kept.remember(first, count, pixels, format.stride());
    }
    return decoded;
  }

  private boolean decodeBand(long handle, int wanted, int next) {
    int height = intervalHeight();
    int first = Math.max(0, wanted - overlap);
    int top = Math.max(view.top(), wanted * height);
    int end = Math.min(view.scaled(scan.height()), next * height);
    int bottom = Math.min(view.top() + view.height(), end);
    return NativeJpeg.decodeBand(
            handle,
            input,
            size,
            scan.headers(),
            scan.heightAt(),
            scan.intervalRows(),
            first,
            first == 0 ? scan.headers() : restart(first),
            next == intervals ? size : restart(next),
            scan.height() - first * scan.intervalRows() * scan.mcuHeight(),
            top - first * height,
            bottom - top,
            view.scale(),
            view.left(),
            view.isPart() ? view.width() : 0,
            pixels + (long) (top - view.top()) * format.stride(),
            scan.width(),
            format.stride(),
            NativeJpeg.code(format.pixelFormat()),
            bottom < end ? flags | NativeJpeg.OPEN_END : flags,
            maxMemory)
        == 0;
  }

  /** Where an interval begins: behind the marker before it. */
  private int restart(int interval) {
    return restarts.getInt(Integer.BYTES * (interval - 1));
  }

  private static int ceil(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }
}
