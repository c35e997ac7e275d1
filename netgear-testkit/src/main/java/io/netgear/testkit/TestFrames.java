package io.netgear.testkit;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Pictures and buffers for codec tests, with guards around them. */
final class TestFrames {
  /** What guards around memory hold, and memory that nothing was written to. */
  static final byte GUARD = (byte) 0xA5;

  private TestFrames() {}

  /** A frame whose memory is filled with {@code filler}, padding included. */
  static Frame filled(FrameFormat format, byte filler) {
    return Frame.wrap(format, memory(format.byteSize(), filler));
  }

  /** Slow waves in every channel, filler and alpha bytes at 255: a picture that suits any codec. */
  static Frame smooth(FrameFormat format) {
    Frame frame = filled(format, GUARD);
    if (!format.isPicture()) {
      return noise(format, 1);
    }
    int channels = format.pixelFormat().bytesPerPixel();
    int opaque = opaqueChannel(format.pixelFormat());
    for (int y = 0; y < format.height(); y++) {
      for (int x = 0; x < format.width(); x++) {
        for (int c = 0; c < channels; c++) {
          int wave = triangle(40 + 60 * c + x * (c + 1) + y * 2);
          int at = y * format.stride() + x * channels + c;
          frame.pixels().put(at, (byte) (c == opaque ? 255 : wave));
        }
      }
    }
    return frame;
  }

  /** Random bytes in every row; padding holds {@link #GUARD}. */
  static Frame noise(FrameFormat format, long seed) {
    Frame frame = filled(format, GUARD);
    byte[] row = new byte[format.rowBytes()];
    Random random = new Random(seed);
    for (int y = 0; y < format.rows(); y++) {
      random.nextBytes(row);
      frame.pixels().put(y * format.stride(), row);
    }
    return frame;
  }

  /** The bytes of a frame without its padding. */
  static byte[] packedBytes(Frame frame) {
    FrameFormat format = frame.format();
    byte[] bytes = new byte[format.packedSize()];
    for (int row = 0; row < format.rows(); row++) {
      frame.pixels().get(row * format.stride(), bytes, row * format.rowBytes(), format.rowBytes());
    }
    return bytes;
  }

  /** Whether all padding of a frame still holds {@code filler}. */
  static boolean paddingHolds(Frame frame, byte filler) {
    FrameFormat format = frame.format();
    for (int row = 0; row < format.rows() - 1; row++) {
      for (int i = format.rowBytes(); i < format.stride(); i++) {
        if (frame.pixels().get(row * format.stride() + i) != filler) {
          return false;
        }
      }
    }
    return true;
  }

  /** Direct memory full of {@code filler}. */
  static ByteBuffer memory(int bytes, byte filler) {
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < bytes; i++) {
      memory.put(i, filler);
    }
    return memory;
  }

  /** Direct memory with these bytes between position and limit, and {@code margin} bytes around. */
  static ByteBuffer guarded(byte[] bytes, int margin) {
    ByteBuffer memory = memory(bytes.length + 2 * margin, GUARD);
    memory.put(margin, bytes);
    return memory.limit(margin + bytes.length).position(margin);
  }

  /** The mean difference of two pictures' bytes. */
  static double meanDifference(byte[] one, byte[] other) {
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
    }
    return (double) sum / one.length;
  }

  private static int triangle(int t) {
    int u = t % 512;
    return u < 256 ? u : 511 - u;
  }

  private static int opaqueChannel(PixelFormat format) {
    return switch (format) {
      case RGBX, BGRX, RGBA, BGRA -> 3;
      case XBGR, XRGB, ABGR, ARGB -> 0;
      case RGB, BGR, GRAY, CMYK -> -1;
    };
  }
}
