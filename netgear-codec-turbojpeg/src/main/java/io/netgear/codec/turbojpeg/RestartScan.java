package io.netgear.codec.turbojpeg;

import java.nio.ByteBuffer;

/**
 * What the headers of a JPEG say of its restart intervals, for those that can be decoded in bands:
 * one scan of all components, Huffman-coded, not progressive, and intervals of whole rows of MCUs.
 *
 * <p>Reads hostile bytes with bounds-checked gets only. What it does not understand it declines,
 * and serial decoding says what is wrong. Reused from frame to frame.
 */
final class RestartScan {
  /** Longer headers than netgear_jpeg.c copies for a band. */
  private static final int LONGEST_HEADERS = 4096;

  private static final int BLOCK = 8;

  private int headers;
  private int heightAt;
  private int width;
  private int height;
  private int mcuWidth;
  private int mcuHeight;
  private boolean subsampledRows;
  private int components;
  private int interval;

  /** Bytes from SOI to the end of SOS. */
  int headers() {
    return headers;
  }

  /** Where in the headers the height is. */
  int heightAt() {
    return heightAt;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int mcuHeight() {
    return mcuHeight;
  }

  /** Rows of MCUs in an interval. */
  int intervalRows() {
    return interval / mcusPerRow();
  }

  /** Intervals of the whole picture. */
  int intervals() {
    return ceil(ceil(height, mcuHeight), intervalRows());
  }

  /** Whether smooth upsampling looks at the rows above and below. */
  boolean hasSubsampledRows() {
    return subsampledRows;
  }

  /**
   * Reads from SOI to the end of SOS, from the buffer's position on. Gives false for a JPEG that
   * cannot be decoded in bands, or has one interval only.
   */
  boolean read(ByteBuffer in) {
    int start = in.position();
    int size = Math.min(in.remaining(), LONGEST_HEADERS);
    components = 0;
    interval = 0;
    int at = 2;
    while (at + 4 <= size && octet(in, start + at) == 0xFF) {
      int code = octet(in, start + at + 1);
      int length = word(in, start + at + 2);
      if (length < 2 || at + 2 + length > size) {
        return false;
      }
      int body = start + at + 4;
      if (code == 0xC0 || code == 0xC1) {
        if (components != 0 || !readFrameHeader(in, body, length)) {
          return false;
        }
        heightAt = at + 5;
      } else if (code == 0xDD) {
        if (length != 4) {
          return false;
        }
        interval = word(in, body);
      } else if (code == 0xDA) {
        headers = at + 2 + length;
        return length > 2 && octet(in, body) == components && isWholeRows();
      } else if (code == 0xFF || code < 0xC4 || isAnotherKind(code)) {
        return false;
      }
      at += 2 + length;
    }
    return false;
  }

  private static boolean isAnotherKind(int code) {
    return code != 0xC4 && code <= 0xDA;
  }

  private boolean readFrameHeader(ByteBuffer in, int body, int length) {
    if (length < 8 || octet(in, body) != BLOCK) {
      return false;
    }
    height = word(in, body + 1);
    width = word(in, body + 3);
    components = octet(in, body + 5);
    if (height == 0 || width == 0 || components == 0 || length != 8 + 3 * components) {
      return false;
    }
    int horizontal = 0;
    int vertical = 0;
    int leastVertical = 4;
    for (int i = 0; i < components; i++) {
      int factors = octet(in, body + 7 + 3 * i);
      horizontal = Math.max(horizontal, factors >> 4);
      vertical = Math.max(vertical, factors & 15);
      leastVertical = Math.min(leastVertical, factors & 15);
    }
    // The MCUs of a lone component are single blocks, whatever its factors; others than 1 are odd.
    boolean sound = horizontal >= 1 && horizontal <= 4 && leastVertical >= 1 && vertical <= 4;
    boolean odd = components == 1 && (horizontal > 1 || vertical > 1);
    mcuWidth = BLOCK * horizontal;
    mcuHeight = BLOCK * vertical;
    subsampledRows = leastVertical < vertical;
    return sound && !odd;
  }

  private boolean isWholeRows() {
    return components != 0 && interval != 0 && interval % mcusPerRow() == 0 && intervals() > 1;
  }

  private int mcusPerRow() {
    return ceil(width, mcuWidth);
  }

  private static int ceil(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }

  private static int octet(ByteBuffer in, int index) {
    return in.get(index) & 0xFF;
  }

  private static int word(ByteBuffer in, int index) {
    return octet(in, index) << 8 | octet(in, index + 1);
  }
}
