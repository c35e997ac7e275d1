package io.netgear.codec.turbojpeg;

import java.nio.ByteBuffer;

/**
 * The headers that an encoder's JPEGs begin with, from SOI to the end of SOS: always the same but
 * for the height, while settings and format are.
 */
final class JpegHeaders {
  private static final int SOS = 0xDA;
  private static final int MOST_BYTES = 2048;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(MOST_BYTES);
  private int length;

  /** How long they are in a JPEG of our own encoder that begins at {@code start}. */
  static int length(ByteBuffer jpeg, int start) {
    int at = start + 2;
    while ((jpeg.get(at + 1) & 0xFF) != SOS) {
      at += segment(jpeg, at);
    }
    return at + segment(jpeg, at) - start;
  }

  /** Bytes of a segment with its marker. */
  private static int segment(ByteBuffer jpeg, int at) {
    return 2 + ((jpeg.get(at + 2) & 0xFF) << 8 | (jpeg.get(at + 3) & 0xFF));
  }

  void forget() {
    length = 0;
  }

  boolean known() {
    return length > 0;
  }

  int length() {
    return length;
  }

  /**
   * Takes those of the JPEG at {@code start}, whose pictures are to be {@code height} rows high.
   */
  void learn(ByteBuffer jpeg, int start, int height) {
    length = length(jpeg, start);
    bytes.put(0, jpeg, start, length);
    int at = 2;
    while ((bytes.get(at + 1) & 0xFF) != SOS) {
      int code = bytes.get(at + 1) & 0xFF;
      if (code == 0xC0 || code == 0xC1) {
        bytes.put(at + 5, (byte) (height >> 8));
        bytes.put(at + 6, (byte) height);
      }
      at += segment(bytes, at);
    }
  }

  /** Writes them. Gives how long they are. */
  int write(ByteBuffer jpeg, int start) {
    jpeg.put(start, bytes, 0, length);
    return length;
  }
}
