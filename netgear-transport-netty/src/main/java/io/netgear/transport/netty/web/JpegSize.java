package io.netgear.transport.netty.web;

import java.nio.ByteBuffer;

/**
 * Width and height of a JPEG, read from its frame header; nothing is decoded, and the bytes may be
 * anything.
 *
 * @param width in pixels
 * @param height in pixels
 */
record JpegSize(int width, int height) {
  private static final int MARKER = 0xFF;
  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int FIRST_FRAME = 0xC0;
  private static final int LAST_FRAME = 0xCF;
  private static final int HUFFMAN_TABLES = 0xC4;
  private static final int EXTENSION = 0xC8;
  private static final int ARITHMETIC_TABLES = 0xCC;
  private static final int HEIGHT_AT = 3;
  private static final int WIDTH_AT = 5;
  private static final int FRAME_HEADER_BYTES = 7;

  /** Null where {@code bytes}, between position and limit, do not begin as a JPEG. */
  static JpegSize of(ByteBuffer bytes) {
    int at = bytes.position();
    int end = bytes.limit();
    if (end - at < 2 || byteAt(bytes, at) != MARKER || byteAt(bytes, at + 1) != START_OF_IMAGE) {
      return null;
    }
    at += 2;
    while (end - at >= 4 && byteAt(bytes, at) == MARKER) {
      int marker = byteAt(bytes, at + 1);
      if (marker == MARKER) { // filler before a marker
        at++;
        continue;
      }
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        return null;
      }
      int segment = at + 2;
      int length = shortAt(bytes, segment);
      if (isFrame(marker)) {
        return end - segment < FRAME_HEADER_BYTES ? null : size(bytes, segment);
      }
      at = segment + Math.max(2, length);
    }
    return null;
  }

  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != HUFFMAN_TABLES
        && marker != EXTENSION
        && marker != ARITHMETIC_TABLES;
  }

  private static JpegSize size(ByteBuffer bytes, int segment) {
    int height = shortAt(bytes, segment + HEIGHT_AT);
    int width = shortAt(bytes, segment + WIDTH_AT);
    return width == 0 || height == 0 ? null : new JpegSize(width, height);
  }

  private static int byteAt(ByteBuffer bytes, int index) {
    return bytes.get(index) & 0xFF;
  }

  private static int shortAt(ByteBuffer bytes, int index) {
    return byteAt(bytes, index) << 8 | byteAt(bytes, index + 1);
  }
}
