package io.netgear.codec.turbojpeg;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.nio.ByteBuffer;

/**
 * A frame encoded strip by strip, on several threads, into one plain baseline JPEG with restart
 * markers.
 *
 * <p>Each strip is made as a JPEG of its own, where the output has room for it at worst. Then the
 * scans are pushed together: the first strip's headers get the full height and a DRI segment, the
 * others lose theirs, and RST0 to RST7 in turns stand between. Strips start with the same DC
 * prediction as a restart does, so the bytes are those that a serial encoder with this restart
 * interval writes. No memory is needed besides the output.
 */
final class StripEncoding extends SharedWork {
  private static final int SOS = 0xDA;
  private static final int RST0 = 0xD0;
  private static final int EOI_BYTES = 2;
  private static final int DRI_BYTES = 6;

  private final Crew crew;
  private StripPlan plan;
  private int[] sizes = new int[0];
  private long pixels;
  private long output;
  private int room;
  private int lastRoom;
  private FrameFormat format;
  private int quality;
  private int horizontal;
  private int vertical;
  private int flags;

  StripEncoding(Crew crew) {
    this.crew = crew;
  }

  /** How the JPEGs are made; 0 for both factors makes one component. */
  void settings(int quality, int horizontal, int vertical, int flags) {
    this.quality = quality;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.flags = flags;
  }

  /**
   * Encodes into {@code out} from its position on. Gives the JPEG's size, or -1 when a strip could
   * not be encoded; the output then holds anything.
   *
   * @param room bytes for each strip but the last; all rooms together must fit {@code out}
   */
  int encode(
      long handle, int threads, Frame in, StripPlan plan, ByteBuffer out, int room, int lastRoom) {
    this.plan = plan;
    this.room = room;
    this.lastRoom = lastRoom;
    format = in.format();
    pixels = NativeJpeg.addressOf(in.pixels());
    output = Buffers.addressAtPosition(out);
    if (sizes.length < plan.count()) {
      sizes = new int[plan.count()];
    }
    int usable = crew.threadsFor(this, threads);
    long begin = System.nanoTime();
    crew.share(this, plan.count(), usable, handle);
    pace().took(usable > 1, System.nanoTime() - begin, (long) format.width() * format.height());
    return failed() ? -1 : join(out);
  }

  @Override
  boolean decodes() {
    return false;
  }

  @Override
  boolean doPart(int index, long handle) {
    // The first leaves room for the DRI segment in front of it.
    int shift = index == 0 ? DRI_BYTES : 0;
    sizes[index] =
        NativeJpeg.encode(
            handle,
            pixels + (long) index * plan.rows() * format.stride(),
            format.width(),
            plan.rows(index),
            format.stride(),
            NativeJpeg.code(format.pixelFormat()),
            quality,
            horizontal,
            vertical,
            flags,
            output + (long) index * room + shift,
            (index < plan.count() - 1 ? room : lastRoom) - shift);
    return sizes[index] > 0;
  }

  private int join(ByteBuffer out) {
    int start = out.position();
    int scanHeader = writeHeaders(out, start);
    int scan = scanHeader + length(out, scanHeader);
    int headers = scan - start - DRI_BYTES;
    int end = start + DRI_BYTES + sizes[0] - EOI_BYTES;
    for (int strip = 1; strip < plan.count(); strip++) {
      out.put(end, (byte) 0xFF);
      out.put(end + 1, (byte) (RST0 + (strip - 1) % 8));
      int from = start + strip * room + headers;
      int bytes = sizes[strip] - headers - EOI_BYTES;
      out.put(end + EOI_BYTES, out, from, bytes);
      end += EOI_BYTES + bytes;
    }
    out.put(end, (byte) 0xFF);
    out.put(end + 1, (byte) 0xD9);
    return end + EOI_BYTES - start;
  }

  /**
   * Moves the first strip's headers to {@code start}, with the full height and a DRI segment. Gives
   * where the SOS segment is.
   */
  private int writeHeaders(ByteBuffer out, int start) {
    int segment = start + DRI_BYTES + 2;
    while ((out.get(segment + 1) & 0xFF) != SOS) {
      int code = out.get(segment + 1) & 0xFF;
      if (code == 0xC0 || code == 0xC1) {
        putShort(out, segment + 5, format.height());
      }
      segment += length(out, segment);
    }
    int before = segment - start - DRI_BYTES;
    out.put(start, out, start + DRI_BYTES, before);
    int dri = start + before;
    out.put(dri, (byte) 0xFF);
    out.put(dri + 1, (byte) 0xDD);
    putShort(out, dri + 2, DRI_BYTES - 2);
    putShort(out, dri + 4, plan.restartInterval());
    return segment;
  }

  /** Bytes of a segment with its marker. */
  private static int length(ByteBuffer out, int segment) {
    return 2 + ((out.get(segment + 2) & 0xFF) << 8 | (out.get(segment + 3) & 0xFF));
  }

  private static void putShort(ByteBuffer out, int at, int value) {
    out.put(at, (byte) (value >> 8));
    out.put(at + 1, (byte) value);
  }
}
