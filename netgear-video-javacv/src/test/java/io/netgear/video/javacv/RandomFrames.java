package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.util.Random;

/** Noise, the same at every run. */
final class RandomFrames {
  private RandomFrames() {}

  static Frame of(int width, int height, PixelFormat pixels, int padding) {
    FrameFormat packed = FrameFormat.of(width, height, pixels);
    Frame frame = Frame.allocate(packed.withStride(packed.rowBytes() + padding));
    byte[] noise = new byte[frame.format().byteSize()];
    new Random(width * 31L + height).nextBytes(noise);
    frame.pixels().put(0, noise);
    return frame;
  }

  static byte[] packedBytes(Frame frame) {
    byte[] bytes = new byte[frame.format().packedSize()];
    frame.copy().pixels().get(0, bytes);
    return bytes;
  }
}
