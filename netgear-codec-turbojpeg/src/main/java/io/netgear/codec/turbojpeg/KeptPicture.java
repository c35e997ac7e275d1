package io.netgear.codec.turbojpeg;

import io.netgear.FrameFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last JPEG that a decoder decoded, with the pixels of those of its restart intervals that tend
 * to stay as they are. An interval whose bytes are the last JPEG's, below the same headers, needs
 * no decoding: its rows are copied. A JPEG without restart markers is one interval.
 *
 * <p>Only what was decoded without complaint is remembered, and an interval counts as the same only
 * where libjpeg would take the same way through it: it works differently close to the end of the
 * data, which shows where data are damaged. While nothing stays, not even the bytes are remembered,
 * only how long each interval was.
 */
final class KeptPicture {
  /** Larger frames and payloads are not remembered. */
  private static final long MOST_PIXEL_BYTES = 128L << 20;

  private static final int MOST_PAYLOAD_BYTES = 64 << 20;

  /** Nearer to the end than this, libjpeg may leave its fast path: 512 bytes for each block. */
  private static final int NEAR_THE_END = 512 * 10;

  private static final int PAGE = 1 << 16;

  private final NativeSession session;
  private final Stillness stillness = new Stillness();

  private FrameFormat format;
  private int flags;
  private int intervals;
  private int intervalHeight;
  private boolean context;

  private long kept;
  private int payloadRoom;
  private boolean unavailable;

  /** Whether there was a last JPEG, and whether its bytes are here. */
  private boolean hasLast;

  private boolean hasBytes;
  private int headers;
  private int size;
  private int[] ends = new int[0];
  private boolean[] hasPixels = new boolean[0];

  private int newHeaders;
  private int newSize;
  private int[] newEnds = new int[0];
  private boolean[] same = new boolean[0];
  private boolean[] again = new boolean[0];
  private int againCount;

  KeptPicture(NativeSession session) {
    this.session = session;
  }

  /** Forgets the last JPEG: it could not be decoded, or not here. */
  void forget() {
    hasLast = false;
    hasBytes = false;
    Arrays.fill(hasPixels, false);
  }

  /**
   * Looks which intervals of a JPEG are those of the last one.
   *
   * @param restarts where each interval but the first begins
   * @param intervalHeight rows of each interval but the last
   * @param context whether the pixels of an interval depend on its neighbours too
   */
  void look(
      long input,
      int size,
      int headers,
      int intervals,
      ByteBuffer restarts,
      int intervalHeight,
      boolean context,
      FrameFormat format,
      int flags) {
    boolean sameKind =
        this.intervals == intervals
            && this.intervalHeight == intervalHeight
            && this.context == context
            && this.flags == flags
            && this.format != null
            && this.format.packedSize() == format.packedSize()
            && this.format.width() == format.width()
            && this.format.height() == format.height()
            && this.format.pixelFormat() == format.pixelFormat();
    if (!sameKind) {
      become(intervals, intervalHeight, context, format, flags);
    }
    newSize = size;
    newHeaders = headers;
    for (int i = 0; i < intervals; i++) {
      newEnds[i] = i == intervals - 1 ? size : restarts.getInt(Integer.BYTES * i);
    }
    againCount = 0;
    boolean sameHeaders = hasLast && headers == this.headers && areSame(input, 0, 0, headers);
    for (int i = 0; i < intervals; i++) {
      same[i] = sameHeaders && isSame(input, i);
    }
    for (int i = 0; i < intervals; i++) {
      judge(i);
    }
    takeMemory();
  }

  private void become(
      int intervals, int intervalHeight, boolean context, FrameFormat format, int flags) {
    this.intervals = intervals;
    this.intervalHeight = intervalHeight;
    this.context = context;
    this.format = format.packed();
    this.flags = flags;
    if (ends.length < intervals) {
      ends = new int[intervals];
      newEnds = new int[intervals];
      hasPixels = new boolean[intervals];
      same = new boolean[intervals];
      again = new boolean[intervals];
    }
    forget();
    stillness.reset(intervals);
    unavailable = false;
    if (kept != 0) {
      session.keep(0);
      kept = 0;
    }
  }

  /** As far as the last JPEG's bytes are here; else whether it seems to be. */
  private boolean isSame(long input, int interval) {
    int begin = begin(interval, ends, headers);
    int newBegin = begin(interval, newEnds, newHeaders);
    int rest = size - ends[interval];
    int newRest = newSize - newEnds[interval];
    return ends[interval] - begin == newEnds[interval] - newBegin
        && (rest == newRest || (rest >= NEAR_THE_END && newRest >= NEAR_THE_END))
        && areSame(input, begin, newBegin, newEnds[interval] - newBegin);
  }

  private boolean areSame(long input, int here, int there, int length) {
    return !hasBytes || NativeJpeg.sameRows(kept + here, 0, input + there, 0, length, 1) != 0;
  }

  private static int begin(int interval, int[] ends, int headers) {
    return interval == 0 ? headers : ends[interval - 1];
  }

  private void judge(int interval) {
    boolean stays =
        same[interval]
            && (!context
                || ((interval == 0 || same[interval - 1])
                    && (interval == intervals - 1 || same[interval + 1])));
    again[interval] = stays && hasPixels[interval];
    if (again[interval]) {
      againCount++;
      stillness.same(interval);
    } else if (hasPixels[interval]) {
      stillness.changed(interval);
    } else {
      stillness.seems(interval, stays);
    }
  }

  private void takeMemory() {
    boolean wanted = false;
    for (int i = 0; i < intervals; i++) {
      wanted |= stillness.remembers(i);
    }
    if (!wanted || unavailable || (kept != 0 && newSize <= payloadRoom)) {
      return;
    }
    forget();
    againCount = 0;
    Arrays.fill(again, false);
    long pixelBytes = (long) format.rowBytes() * format.height();
    unavailable = pixelBytes > MOST_PIXEL_BYTES || newSize > MOST_PAYLOAD_BYTES;
    payloadRoom = unavailable ? 0 : (newSize + newSize / 2 + PAGE - 1) / PAGE * PAGE;
    // What was here before is too small for this JPEG, and so must not stay either.
    kept = session.keep(unavailable ? 0 : payloadRoom + pixelBytes);
    unavailable = kept == 0;
  }

  /** Intervals whose pixels are here. */
  int againCount() {
    return againCount;
  }

  /** Whether the pixels of this interval are here. */
  boolean again(int interval) {
    return again[interval];
  }

  /** Puts the pixels of intervals that are here into a frame. */
  void give(int first, int count, long pixels, int stride) {
    int top = first * intervalHeight;
    NativeJpeg.copyRows(
        pixels + (long) top * stride,
        stride,
        keptPixels(top),
        format.rowBytes(),
        format.rowBytes(),
        rows(first, count));
  }

  /** Remembers the pixels of intervals that were decoded, of those where that is worth it. */
  void remember(int first, int count, long pixels, int stride) {
    for (int i = first; i < first + count; i++) {
      int top = i * intervalHeight;
      if (remembers(i)) {
        NativeJpeg.copyRows(
            keptPixels(top),
            format.rowBytes(),
            pixels + (long) top * stride,
            stride,
            format.rowBytes(),
            rows(i, 1));
      }
    }
  }

  private boolean remembers(int interval) {
    return kept != 0 && stillness.remembers(interval);
  }

  private int rows(int first, int count) {
    return Math.min(format.height(), (first + count) * intervalHeight) - first * intervalHeight;
  }

  private long keptPixels(int row) {
    return kept + payloadRoom + (long) row * format.rowBytes();
  }

  /** All of the JPEG has been decoded, and what is worth it remembered: now it is the last one. */
  void become(long input) {
    boolean any = false;
    for (int i = 0; i < intervals; i++) {
      hasPixels[i] = remembers(i);
      any |= hasPixels[i];
    }
    if (any) {
      NativeJpeg.copyRows(kept, 0, input, 0, newSize, 1);
    }
    hasLast = true;
    hasBytes = any;
    headers = newHeaders;
    size = newSize;
    int[] swapped = ends;
    ends = newEnds;
    newEnds = swapped;
  }
}
