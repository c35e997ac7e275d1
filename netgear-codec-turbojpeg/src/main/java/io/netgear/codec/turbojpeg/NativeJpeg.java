package io.netgear.codec.turbojpeg;

import io.netgear.PixelFormat;
import java.nio.ByteBuffer;

/**
 * The functions of {@code src/main/c/netgear_jpeg.c}, which says what they do. Addresses and sizes
 * are not checked there: whoever calls these checks first. A handle belongs to one thread at a
 * time.
 */
final class NativeJpeg {
  /** What {@link #contract()} must say. */
  static final int CONTRACT = 3;

  static final int OUTPUT_FULL = -2;

  static final int FAST_DCT = 1;
  static final int FAST_UPSAMPLE = 2;

  /** A band ends with its rows, wherever these are; what follows it is not looked at. */
  static final int OPEN_END = 4;

  private NativeJpeg() {}

  static native long addressOf(ByteBuffer buffer);

  static native int contract();

  static native int version();

  static native int simd();

  static native long open(int decodes);

  static native void close(long handle);

  static native int encode(
      long handle,
      long pixels,
      int width,
      int height,
      long stride,
      int format,
      int quality,
      int horizontal,
      int vertical,
      int flags,
      int interval,
      long output,
      int capacity);

  static native int decode(
      long handle,
      long input,
      int size,
      long pixels,
      int width,
      int height,
      long stride,
      int format,
      int flags,
      long maxMemory);

  static native int decodeView(
      long handle,
      long input,
      int size,
      int scale,
      int left,
      int top,
      int columns,
      int rows,
      long pixels,
      int width,
      int height,
      long stride,
      int format,
      int flags,
      long maxMemory);

  static native long keep(long handle, long bytes);

  static native int sameRows(
      long one, long oneStride, long other, long otherStride, int length, int rows);

  static native void copyRows(
      long to, long toStride, long from, long fromStride, int length, int rows);

  static native int findRestarts(long input, int size, int from, long offsets, int capacity);

  static native int decodeBand(
      long handle,
      long input,
      int size,
      int headers,
      int heightAt,
      int intervalRows,
      int firstInterval,
      int begin,
      int end,
      int restHeight,
      int skipped,
      int rows,
      int scale,
      int left,
      int columns,
      long pixels,
      int width,
      long stride,
      int format,
      int flags,
      long maxMemory);

  static native int errorText(long handle, long output, int capacity);

  static native int errorOffset(long handle);

  /** The C file's number for {@code format}. */
  static int code(PixelFormat format) {
    return switch (format) {
      case RGB -> 0;
      case BGR -> 1;
      case RGBX -> 2;
      case BGRX -> 3;
      case XBGR -> 4;
      case XRGB -> 5;
      case GRAY -> 6;
      case RGBA -> 7;
      case BGRA -> 8;
      case ABGR -> 9;
      case ARGB -> 10;
      case CMYK -> 11;
    };
  }

  static int flags(boolean fastDct, boolean fastUpsample) {
    return (fastDct ? FAST_DCT : 0) | (fastUpsample ? FAST_UPSAMPLE : 0);
  }
}
