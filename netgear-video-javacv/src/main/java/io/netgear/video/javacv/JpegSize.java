package io.netgear.video.javacv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The size of a picture, from the frame header of its JPEG. */
record JpegSize(int width, int height) {
  private static final int START_OF_IMAGE = 0xd8;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  /**
   * Reads the header; the buffer's position stays.
   *
   * @throws VideoException if this is no JPEG file
   */
  static JpegSize of(ByteBuffer jpeg) {
    ByteBuffer in = jpeg.duplicate().order(ByteOrder.BIG_ENDIAN);
    if (in.remaining() < 4 || (in.getShort() & 0xffff) != (0xff00 | START_OF_IMAGE)) {
      throw notJpeg("it does not start as one");
    }
    while (in.remaining() >= 4) {
      int marker = in.getShort() & 0xffff;
      if (marker == 0xffff) { // a fill byte before the marker
        in.position(in.position() - 1);
        continue;
      }
      int code = marker & 0xff;
      if (marker >> 8 != 0xff || code == START_OF_SCAN || code == END_OF_IMAGE) {
        break;
      }
      int length = in.getShort() & 0xffff;
      if (isFrameHeader(code) && length >= 8 && in.remaining() >= length - 2) {
        int height = in.getShort(in.position() + 1) & 0xffff;
        int width = in.getShort(in.position() + 3) & 0xffff;
        if (width > 0 && height > 0) {
          return new JpegSize(width, height);
        }
        break;
      }
      if (length < 2 || in.remaining() < length - 2) {
        break;
      }
      in.position(in.position() + length - 2);
    }
    throw notJpeg("it has no valid frame header");
  }

  /** SOF0 to SOF15, less DHT, JPG and DAC, which lie between them. */
  private static boolean isFrameHeader(int code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
  }

  private static VideoException notJpeg(String why) {
    return new VideoException("What was to be recorded is no JPEG file: " + why + ".");
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
