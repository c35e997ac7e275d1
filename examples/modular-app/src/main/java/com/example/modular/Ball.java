package com.example.modular;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.nio.ByteBuffer;

/** A picture source of one's own: a ball that rolls through one frame, painted again and again. */
final class Ball {
  private static final int RADIUS = 40;
  private static final FrameFormat FORMAT = FrameFormat.of(320, 240, PixelFormat.GRAY);

  private final Frame frame = Frame.allocate(FORMAT);
  private int step;

  /** The next picture, in the same memory as the last: a send is done with it on return. */
  Frame next() {
    ByteBuffer pixels = frame.pixels();
    int middle = step++ * 8 % FORMAT.width();
    for (int y = 0; y < FORMAT.height(); y++) {
      for (int x = 0; x < FORMAT.width(); x++) {
        int dx = x - middle;
        int dy = y - FORMAT.height() / 2;
        int distance = dx * dx + dy * dy;
        int shade = distance < RADIUS * RADIUS ? 250 - distance / 20 : 30 + y / 4;
        pixels.put(y * FORMAT.stride() + x, (byte) shade);
      }
    }
    return frame;
  }
}
