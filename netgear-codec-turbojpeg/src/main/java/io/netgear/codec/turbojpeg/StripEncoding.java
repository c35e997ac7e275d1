package io.netgear.codec.turbojpeg;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A frame encoded strip by strip, on several threads, into one plain baseline JPEG with restart
 * markers; strips that are as they were in an earlier frame give the bytes that they gave then.
 *
 * <p>Each part of the work is some neighbouring strips. Those that have to be encoded become a JPEG
 * with restart markers of its own, where the output has room for it at worst; then the scans are
 * pushed together below one header. Strips start with the same DC prediction as a restart does, so
 * the bytes are those that a serial encoder with this restart interval writes.
 *
 * <p>What is encoded and remembered is encoded from the copy, so that the bytes are those of the
 * pixels that the next frame is compared with, whatever becomes of the caller's.
 */
final class StripEncoding extends SharedWork {
  private static final int EOI_BYTES = 2;
  private static final int MARKER_BYTES = 2;

  /** A frame of which more is not remembered; its JPEG has as much room again, or half more. */
  private static final long MOST_KEPT_PIXELS = 128L << 20;

  /** What a strip that is as it was costs, as a part of one that is encoded. */
  private static final int REUSE_IS_CHEAPER = 8;

  /** Room that the headers and the markers between need in front of a strip. */
  private static final int SPARE_BYTES = 1024;

  private final Crew crew;
  private final NativeSession session;
  private final boolean reuses;
  private final Stillness stillness = new Stillness();
  private final JpegHeaders headers = new JpegHeaders();

  private StripPlan plan;
  private FrameFormat format;
  private int room;
  private int lastRoom;
  private int quality;
  private int horizontal;
  private int vertical;
  private int flags;

  private ByteBuffer in;
  private ByteBuffer out;
  private long pixels;
  private long output;
  private int threads;

  /** The first strip of each part of the work, and behind them how many strips there are. */
  private int[] firsts = new int[2];

  /**
   * Of each strip that begins an encoded run: how many strips it has; 0 for one of earlier bytes.
   */
  private int[] runs = new int[0];

  /** Bytes of a run's scan with the markers in it, or of a strip's earlier bytes. */
  private int[] sizes = new int[0];

  private int[] looks = new int[0];
  private boolean[] known = new boolean[0];
  private boolean[] again = new boolean[0];
  private int[] knownSizes = new int[0];
  private ByteBuffer restarts = ByteBuffer.allocateDirect(0);

  private long kept;
  private boolean keepable;

  /**
   * For an encoder.
   *
   * @param session the encoder's, which owns what is remembered
   * @param reuses whether anything is
   */
  StripEncoding(Crew crew, NativeSession session, boolean reuses) {
    this.crew = crew;
    this.session = session;
    this.reuses = reuses;
  }

  /**
   * What the next frames are like; forgets the ones before. 0 for both factors makes one component.
   *
   * @param room bytes for each strip but the last; all rooms together must fit the outputs
   */
  void prepare(
      StripPlan plan,
      FrameFormat format,
      int room,
      int lastRoom,
      int quality,
      SamplingFactors factors,
      int flags,
      int threads) {
    this.plan = plan;
    this.format = format.packed();
    this.room = room;
    this.lastRoom = lastRoom;
    this.quality = quality;
    this.horizontal = factors.horizontal();
    this.vertical = factors.vertical();
    this.flags = flags;
    this.threads = threads;
    int count = plan.count();
    if (sizes.length < count) {
      firsts = new int[count + 1];
      runs = new int[count];
      sizes = new int[count];
      looks = new int[count];
      known = new boolean[count];
      again = new boolean[count];
      knownSizes = new int[count];
      restarts = ByteBuffer.allocateDirect(Integer.BYTES * count).order(ByteOrder.nativeOrder());
    }
    for (int i = 0; i < count; i++) {
      known[i] = false;
      looks[i] = 0;
    }
    headers.forget();
    stillness.reset(count);
    if (kept != 0) {
      session.keep(0);
      kept = 0;
    }
    keepable = reuses && pixelBytes() <= MOST_KEPT_PIXELS;
  }

  /**
   * Encodes into {@code out} from its position on. Gives the JPEG's size, or -1 when a strip could
   * not be encoded; the output then holds anything.
   */
  int encode(long handle, Frame frame, ByteBuffer out) {
    in = frame.pixels();
    this.out = out;
    format = format.stride() == frame.format().stride() ? format : frame.format();
    pixels = NativeJpeg.addressOf(in);
    output = Buffers.addressAtPosition(out);
    int usable = plan.count() == 1 ? 1 : crew.threadsFor(this, threads);
    int parts = cut(usable == 1 ? 1 : threads);
    long begin = System.nanoTime();
    crew.share(this, parts, usable, handle);
    boolean failed = failed();
    if (!failed && plan.count() > 1) {
      pace().took(usable > 1, System.nanoTime() - begin, workDone());
    }
    if (!failed && keepable && kept == 0) {
      takeMemory();
    }
    int size = failed ? -1 : join();
    in = null;
    this.out = null;
    return size;
  }

  /** Cuts the strips into parts of the work. Gives how many. */
  private int cut(int threads) {
    int count = plan.count();
    int parts = 0;
    for (int at = 0; at < count; at += Portions.next(count - at, threads)) {
      firsts[parts++] = at;
    }
    firsts[parts] = count;
    return parts;
  }

  /** Strips of the last frame that are bytes of earlier ones. */
  int reused() {
    int count = 0;
    for (int i = 0; plan != null && i < plan.count(); i++) {
      count += again[i] ? 1 : 0;
    }
    return count;
  }

  /** In pixels that were encoded. */
  private long workDone() {
    int rows = 0;
    for (int i = 0; i < plan.count(); i++) {
      rows += again[i] ? Math.max(1, plan.rows(i) / REUSE_IS_CHEAPER) : plan.rows(i);
    }
    return (long) rows * format.width();
  }

  private long pixelBytes() {
    return (long) format.rowBytes() * format.height();
  }

  /** When a strip is to be remembered for the first time. */
  private void takeMemory() {
    for (int i = 0; i < plan.count(); i++) {
      if (stillness.remembers(i)) {
        kept = session.keep(pixelBytes() + (long) plan.count() * room);
        keepable = kept != 0;
        return;
      }
    }
  }

  @Override
  boolean decodes() {
    return false;
  }

  @Override
  boolean doPart(int index, long handle) {
    int first = firsts[index];
    int end = firsts[index + 1];
    for (int strip = first; strip < end; strip++) {
      again[strip] = keepable && isAsBefore(strip) && headers.known();
      if (!again[strip] && remembers(strip)) {
        remember(strip);
      }
    }
    int strip = first;
    while (strip < end) {
      int next = strip + 1;
      if (again[strip]) {
        runs[strip] = 0;
        sizes[strip] = knownSizes[strip];
      } else {
        while (next < end && !again[next] && remembers(next) == remembers(strip)) {
          next++;
        }
        if (!encodeRun(handle, strip, next - strip)) {
          return false;
        }
      }
      strip = next;
    }
    return true;
  }

  private boolean remembers(int strip) {
    return kept != 0 && stillness.remembers(strip);
  }

  private boolean isAsBefore(int strip) {
    boolean same = false;
    if (known[strip]) {
      same =
          NativeJpeg.sameRows(
                  keptPixels(strip),
                  format.rowBytes(),
                  stripPixels(strip),
                  format.stride(),
                  format.rowBytes(),
                  plan.rows(strip))
              != 0;
      if (same) {
        stillness.same(strip);
      } else {
        known[strip] = false;
        stillness.changed(strip);
        looks[strip] = look(strip);
      }
    } else {
      int look = look(strip);
      stillness.seems(strip, look == looks[strip]);
      looks[strip] = look;
    }
    return same;
  }

  /** A hash of a few of the strip's bytes. */
  private int look(int strip) {
    int rowBytes = format.rowBytes();
    int rows = plan.rows(strip);
    int top = strip * plan.rows();
    int hash = 1;
    for (int i = 0; i < 16; i++) {
      int row = top + ((i * rows) >> 4);
      int at = row * format.stride() + (int) (((i * 0x9E3779B9L) >>> 7) % rowBytes);
      hash = 31 * hash + in.get(at);
      at = Math.max(0, Math.min(at, format.byteSize() - Long.BYTES));
      hash = 31 * hash + (format.byteSize() < Long.BYTES ? 0 : Long.hashCode(in.getLong(at)));
    }
    return hash;
  }

  private long stripPixels(int strip) {
    return pixels + (long) strip * plan.rows() * format.stride();
  }

  private long keptPixels(int strip) {
    return kept + (long) strip * plan.rows() * format.rowBytes();
  }

  private long keptBytes(int strip) {
    return kept + pixelBytes() + (long) strip * room;
  }

  private void remember(int strip) {
    NativeJpeg.copyRows(
        keptPixels(strip),
        format.rowBytes(),
        stripPixels(strip),
        format.stride(),
        format.rowBytes(),
        plan.rows(strip));
  }

  private boolean encodeRun(long handle, int first, int count) {
    boolean fromKept = remembers(first);
    int last = first + count - 1;
    boolean atEnd = last == plan.count() - 1;
    int rows = (count - 1) * plan.rows() + plan.rows(last);
    int place = first * room;
    int size =
        NativeJpeg.encode(
            handle,
            fromKept ? keptPixels(first) : stripPixels(first),
            format.width(),
            rows,
            fromKept ? format.rowBytes() : format.stride(),
            NativeJpeg.code(format.pixelFormat()),
            quality,
            horizontal,
            vertical,
            flags,
            plan.restartInterval(),
            output + place,
            (count - 1) * room + (atEnd ? lastRoom : room));
    if (size <= 0) {
      return false;
    }
    int begin = JpegHeaders.length(out, out.position() + place);
    runs[first] = count;
    sizes[first] = size - begin - EOI_BYTES;
    return splitRun(first, count, place, begin, size, fromKept);
  }

  /** Numbers the markers of a run by their place in the picture, and keeps what is remembered. */
  private boolean splitRun(
      int first, int count, int place, int begin, int size, boolean remembered) {
    if (count > 1
        && NativeJpeg.findRestarts(
                output + place,
                size,
                begin,
                NativeJpeg.addressOf(restarts) + (long) Integer.BYTES * first,
                count - 1)
            != count - 1) {
      return false;
    }
    int from = begin;
    for (int strip = first; strip < first + count; strip++) {
      boolean last = strip == first + count - 1;
      int end = last ? size - EOI_BYTES : restarts.getInt(Integer.BYTES * strip) - MARKER_BYTES;
      if (!last) {
        out.put(out.position() + place + end + 1, restartMarker(strip));
      }
      if (remembered) {
        known[strip] = end - from <= (strip < plan.count() - 1 ? room : lastRoom) - SPARE_BYTES;
        if (known[strip]) {
          NativeJpeg.copyRows(keptBytes(strip), 0, output + place + from, 0, end - from, 1);
          knownSizes[strip] = end - from;
        }
      }
      from = end + MARKER_BYTES;
    }
    return true;
  }

  /** The second byte of the marker behind a strip. */
  private static byte restartMarker(int strip) {
    return (byte) (0xD0 + strip % 8);
  }

  /**
   * Pushes headers and strips together; nothing is written where something still has to be read.
   */
  private int join() {
    int start = out.position();
    if (!headers.known()) {
      headers.learn(out, start, format.height()); // of the first frame all strips are encoded
    }
    int at = start + headers.write(out, start);
    int strip = 0;
    while (strip < plan.count()) {
      if (strip > 0) {
        out.put(at, (byte) 0xFF);
        out.put(at + 1, restartMarker(strip - 1));
        at += MARKER_BYTES;
      }
      int size = sizes[strip];
      if (runs[strip] == 0) {
        NativeJpeg.copyRows(output + at - start, 0, keptBytes(strip), 0, size, 1);
        strip++;
      } else {
        int from = start + strip * room + headers.length();
        if (from != at) {
          out.put(at, out, from, size);
        }
        strip += runs[strip];
      }
      at += size;
    }
    out.put(at, (byte) 0xFF);
    out.put(at + 1, (byte) 0xD9);
    return at + EOI_BYTES - start;
  }
}
