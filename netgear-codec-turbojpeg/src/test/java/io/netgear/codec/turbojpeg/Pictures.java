package io.netgear.codec.turbojpeg;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.FrameEncoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Deterministic pictures for the tests, and ways to compare them. */
final class Pictures {
  private Pictures() {}

  /**
   * Where a channel's byte lies within a pixel; -1 when there is none. Channels are red, green,
   * blue and the filler.
   */
  static int[] layout(PixelFormat format) {
    return switch (format) {
      case RGB -> new int[] {0, 1, 2, -1};
      case BGR -> new int[] {2, 1, 0, -1};
      case RGBX, RGBA -> new int[] {0, 1, 2, 3};
      case BGRX, BGRA -> new int[] {2, 1, 0, 3};
      case XBGR, ABGR -> new int[] {3, 2, 1, 0};
      case XRGB, ARGB -> new int[] {1, 2, 3, 0};
      case GRAY -> new int[] {0, 0, 0, -1};
      case CMYK -> new int[] {0, 1, 2, 3};
    };
  }

  /**
   * Slow waves in every channel: no sharp edge anywhere, so that even subsampled colours come back
   * closely.
   */
  static Frame smooth(FrameFormat format) {
    Frame frame = Frame.allocate(format);
    int bytes = format.pixelFormat().bytesPerPixel();
    int[] layout = layout(format.pixelFormat());
    for (int y = 0; y < format.height(); y++) {
      for (int x = 0; x < format.width(); x++) {
        int at = y * format.stride() + x * bytes;
        for (int channel = 0; channel < 4; channel++) {
          if (layout[channel] >= 0) {
            frame.pixels().put(at + layout[channel], (byte) smoothSample(channel, x, y));
          }
        }
      }
    }
    return frame;
  }

  /**
   * What {@link #smooth} puts at a pixel; for GRAY the blue one, for CMYK channels 0 to 3 as they
   * are.
   */
  static int smoothSample(int channel, int x, int y) {
    return switch (channel) {
      case 0 -> wave(x + y);
      case 1 -> wave(2 * y);
      case 2 -> wave(x);
      default -> wave(2 * x + 3 * y);
    };
  }

  private static int wave(int t) {
    int u = 2 * t % 512;
    return u < 256 ? u : 511 - u;
  }

  /** The same bytes on every machine and JDK: a 32-bit xorshift. */
  static Frame noise(FrameFormat format, int seed) {
    Frame frame = Frame.allocate(format);
    int state = seed;
    for (int row = 0; row < format.height(); row++) {
      for (int i = 0; i < format.rowBytes(); i++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        frame.pixels().put(row * format.stride() + i, (byte) state);
      }
    }
    return frame;
  }

  /** The picture that native/golden.c paints, rows padded by {@code padding} bytes. */
  static Frame golden(FrameFormat packed, int padding) {
    Frame frame = Frame.allocate(packed.withStride(packed.rowBytes() + padding));
    int state = 0x9E3779B9 ^ packed.width() << 16 ^ packed.height();
    for (int y = 0; y < packed.height(); y++) {
      for (int x = 0; x < packed.rowBytes(); x++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        frame.pixels().put(y * frame.format().stride() + x, (byte) (3 * x + 5 * y + (state & 31)));
      }
    }
    return frame;
  }

  static void fill(Frame frame, int value) {
    for (int i = 0; i < frame.pixels().capacity(); i++) {
      frame.pixels().put(i, (byte) value);
    }
  }

  /** A test resource of this package. */
  static byte[] resource(String name) {
    try (InputStream in = Pictures.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A buffer from position 0 to the end of the JPEG. */
  static ByteBuffer encode(FrameEncoder encoder, Frame frame) {
    ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(frame.format()));
    return out.limit(encoder.encode(frame, out));
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
  }

  /** The pixels of a frame without padding. */
  static byte[] pixels(Frame frame) {
    FrameFormat format = frame.format();
    byte[] pixels = new byte[format.packedSize()];
    for (int row = 0; row < format.height(); row++) {
      frame.pixels().get(row * format.stride(), pixels, row * format.rowBytes(), format.rowBytes());
    }
    return pixels;
  }

  static double psnr(Frame one, Frame other) {
    return psnr(pixels(one), pixels(other));
  }

  static double psnr(byte[] one, byte[] other) {
    long squares = 0;
    for (int i = 0; i < one.length; i++) {
      int difference = (one[i] & 0xFF) - (other[i] & 0xFF);
      squares += (long) difference * difference;
    }
    return squares == 0
        ? Double.POSITIVE_INFINITY
        : 10 * Math.log10(255.0 * 255.0 * one.length / squares);
  }

  /** Red, green, blue of every pixel of a frame, whatever its byte order. */
  static byte[] rgb(Frame frame) {
    FrameFormat format = frame.format();
    int[] layout = layout(format.pixelFormat());
    int bytes = format.pixelFormat().bytesPerPixel();
    byte[] rgb = new byte[3 * format.width() * format.height()];
    int to = 0;
    for (int y = 0; y < format.height(); y++) {
      for (int x = 0; x < format.width(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          rgb[to++] = frame.pixels().get(y * format.stride() + x * bytes + layout[channel]);
        }
      }
    }
    return rgb;
  }

  /** Red, green, blue of every pixel of a picture that another decoder gave. */
  static byte[] rgb(BufferedImage image) {
    byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
    int to = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        // getRGB would take a gray sample for linear light and lighten it.
        boolean gray = image.getRaster().getNumBands() == 1;
        int pixel = gray ? image.getRaster().getSample(x, y, 0) * 0x010101 : image.getRGB(x, y);
        rgb[to++] = (byte) (pixel >> 16);
        rgb[to++] = (byte) (pixel >> 8);
        rgb[to++] = (byte) pixel;
      }
    }
    return rgb;
  }
}
