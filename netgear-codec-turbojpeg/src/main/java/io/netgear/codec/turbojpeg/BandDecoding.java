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
  /** What copying an interval costs, as a part of decoding it. */
  private static final int COPY_IS_CHEAPER = 8;

  /** So that a band which decodes one interval more does a quarter more at most. */
  private static final int LEAST_OVERLAPPING = 4;

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
    cut(usable, threads);
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
  private void cut(int threads, int most) {
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
      // Serial decoding reads what is above, too, and so finds other damage: the bands of a part
      // are the same whoever is idle, for the same answer each time.
      cut(first, end, end - first, most);
    } else if (banded && threads > 1 && overlap == 0) {
      deal(0, intervals, intervals, threads);
    } else if (banded && threads > 1) {
      cutOverlapping(threads);
    }
    boolean alone = parts == 1 && !view.isPart() && !(looked && kept.againCount() > 0);
    parts = alone ? 0 : parts;
  }

  private void cutAroundWhatIsKept(int threads) {
    int toCopy = kept.againCount();
    int toDecode = intervals - kept.againCount();
    int first = 0;
    while (first < intervals) {
      boolean again = kept.again(first);
      int end = first + 1;
      while (end < intervals && kept.again(end) == again) {
        end++;
      }
      if (again) {
        deal(first, end, toCopy, threads);
        toCopy -= end - first;
      } else {
        cut(first, end, toDecode, threads);
        // shares of those that overlap go by how many there are in all
        toDecode -= overlap == 0 ? end - first : 0;
      }
      first = end;
    }
  }

  /** Cuts neighbouring intervals into bands; {@code all} are decoded, these among them. */
  private void cut(int first, int end, int all, int threads) {
    if (overlap == 0) {
      deal(first, end, all, threads);
      return;
    }
    // Each band but the first decodes one interval more than its own, so there are few, and none
    // of which that is much: they are the same where nobody helps.
    int each = Math.max(LEAST_OVERLAPPING, ceil(all, threads));
    for (int at = first; at < end; at += each) {
      add(at, Math.min(each, end - at));
    }
  }

  /** The same where none is decoded twice: {@code left} of them are left to be dealt out. */
  private void deal(int first, int end, int left, int threads) {
    int at = first;
    while (at < end) {
      int count = Math.min(end - at, Portions.next(left - (at - first), threads));
      add(at, count);
      at += count;
    }
  }

  /** Bands for each thread, which are as much work as each other with what they decode twice. */
  private void cutOverlapping(int threads) {
    long twice = overlap * (work(0, intervals) / intervals); // decoded by two bands
    long most = 0;
    int first = 0;
    for (int band = 0; band < threads && first < intervals; band++) {
      int from = Math.max(0, first - overlap);
      int bandsBehind = threads - 1 - band;
      long fair = (work(from, intervals) + bandsBehind * twice) / (bandsBehind + 1);
      int end = first + 1;
      while (end < intervals - bandsBehind && 2 * fair > work(from, end) + work(from, end + 1)) {
        end++;
      }
      end = bandsBehind == 0 ? intervals : end;
      most = Math.max(most, work(from, end));
      add(first, end - first);
      first = end;
    }
    boolean pays = 4 * most <= 3 * work(0, intervals);
    parts = pays ? parts : 0;
  }

  /**
   * What decoding neighbouring intervals takes: half of it goes by their bytes, the other half by
   * their rows, which are counted like the bytes of as many mean ones.
   */
  private long work(int first, int end) {
    long all = size - (long) scan.headers();
    int from = first == 0 ? scan.headers() : restart(first);
    int to = end == intervals ? size : restart(end);
    return to - from + all * (end - first) / intervals;
  }

  private void add(int first, int count) {
    firsts[parts] = first;
    counts[parts] = count;
    parts++;
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
