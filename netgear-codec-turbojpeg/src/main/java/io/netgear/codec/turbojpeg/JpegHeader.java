package io.netgear.codec.turbojpeg;

import io.netgear.CodecException;
import io.netgear.PixelFormat;
import java.nio.ByteBuffer;

/**
 * What a JPEG says of itself before its first scan: size and number of components. Reads hostile
 * bytes with bounds-checked absolute gets only, and refuses here, with the offset, what the decoder
 * does not decode. Reused from frame to frame.
 */
final class JpegHeader {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int TEM = 0x01;

  private int width;
  private int height;
  private int components;

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** 1 is gray, 3 colour, 4 CMYK or YCCK. */
  int components() {
    return components;
  }

  /** The pixels that this JPEG is decoded to when nothing else is asked for. */
  PixelFormat naturalFormat() {
    return components == 1
        ? PixelFormat.GRAY
        : components == 4 ? PixelFormat.CMYK : PixelFormat.BGR;
  }

  /**
   * Reads up to the frame header (SOF), from the buffer's position on, and leaves position and
   * limit alone.
   */
  void read(ByteBuffer in) {
    int start = in.position();
    int size = in.remaining();
    if (size < 4 || octet(in, start) != 0xFF || octet(in, start + 1) != SOI) {
      throw new CodecException(
          "The payload of "
              + size
              + " bytes is no JPEG: it does not start with the bytes FF D8"
              + (size >= 2
                  ? " but with " + hex(octet(in, start)) + " " + hex(octet(in, start + 1))
                  : "")
              + ".");
    }
    int at = 2;
    while (true) {
      int marker = at;
      if (at < size && octet(in, start + at) != 0xFF) {
        throw at(at, "The JPEG has stray bytes instead of a marker");
      }
      while (at < size && octet(in, start + at) == 0xFF) {
        at++;
      }
      if (at >= size) {
        throw at(at, "The JPEG ends before its frame header");
      }
      int code = octet(in, start + at);
      at++;
      if (code == TEM || (code >= 0xD0 && code <= 0xD7)) {
        continue;
      }
      refuse(code, marker);
      int length = at + 2 <= size ? word(in, start + at) : 2;
      if (at + length > size) {
        throw at(
            marker, "The JPEG ends inside segment FF " + hex(code) + " of " + length + " bytes");
      }
      if (length < 2) {
        throw at(
            at, "The JPEG's segment FF " + hex(code) + " has an impossible length of " + length);
      }
      if (isFrameHeader(code)) {
        readFrameHeader(in, start + at, length, marker);
        return;
      }
      at += length;
    }
  }

  private void readFrameHeader(ByteBuffer in, int segment, int length, int marker) {
    if (length < 8) {
      throw at(marker, "The JPEG's frame header is too short");
    }
    int precision = octet(in, segment + 2);
    int rows = word(in, segment + 3);
    int columns = word(in, segment + 5);
    int parts = octet(in, segment + 7);
    if (precision != 8) {
      throw at(marker, "The JPEG has " + precision + " bits per sample, only 8 are decoded");
    }
    if (rows == 0 || columns == 0) {
      throw at(marker, "The JPEG says that it has " + columns + "x" + rows + " pixels");
    }
    if (parts != 1 && parts != 3 && parts != 4) {
      throw at(
          marker,
          "The JPEG has "
              + parts
              + " components, only 1 (gray), 3 (colour) and 4 (CMYK) are decoded");
    }
    if (length != 8 + 3 * parts) {
      throw at(marker, "The JPEG's frame header does not fit its " + parts + " components");
    }
    height = rows;
    width = columns;
    components = parts;
  }

  private static boolean isFrameHeader(int code) {
    return code >= 0xC0 && code <= 0xC2;
  }

  /**
   * Refuses the markers that may not come here, and the frame headers of JPEGs that are not
   * decoded.
   */
  private static void refuse(int code, int marker) {
    if (code == 0 || code == SOI) {
      throw at(marker, "The JPEG has the marker FF " + hex(code) + " in its header");
    }
    if (code == SOS || code == EOI) {
      throw at(
          marker,
          "The JPEG has no frame header (SOF) before its " + (code == SOS ? "scan" : "end"));
    }
    boolean special = code >= 0xC3 && code <= 0xCF && code != DHT && code != DAC;
    if (special) {
      String kind =
          code == 0xC3
              ? "is lossless"
              : code == JPG
                  ? "has a reserved frame header"
                  : code < JPG ? "is hierarchical" : "is arithmetic-coded";
      throw at(
          marker,
          "The JPEG "
              + kind
              + " (FF "
              + hex(code)
              + "); only Huffman-coded baseline and progressive are decoded");
    }
  }

  private static CodecException at(int offset, String what) {
    return new CodecException(what + ", at byte " + offset + ".");
  }

  private static int octet(ByteBuffer in, int index) {
    return in.get(index) & 0xFF;
  }

  private static int word(ByteBuffer in, int index) {
    return octet(in, index) << 8 | octet(in, index + 1);
  }

  private static String hex(int octet) {
    return String.format("%02X", octet);
  }
}
