package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The C program as one of several that encode or decode, always the first picture. */
final class CLoopCoding implements JpegImplementation.Encoding, JpegImplementation.Decoding {
  private final CProgram.Loop loop;

  private CLoopCoding(CProgram.Loop loop) {
    this.loop = loop;
  }

  static CLoopCoding encoding(List<Frame> frames, Jpeg jpeg) throws IOException {
    Frame frame = frames.get(0);
    requireBgr(frame.format().pixelFormat());
    CProgram program = CProgram.shared();
    var size = new PictureSize(frame.format().width(), frame.format().height());
    return new CLoopCoding(program.start("encode", size, jpeg, program.save(frame.pixels())));
  }

  static CLoopCoding decoding(
      List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) throws IOException {
    requireBgr(pixels);
    CProgram program = CProgram.shared();
    return new CLoopCoding(program.start("decode", size, jpeg, program.save(jpegs.get(0))));
  }

  private static void requireBgr(PixelFormat pixels) {
    if (pixels != PixelFormat.BGR) {
      throw new IllegalArgumentException(
          "The C loop works on BGR, got " + pixels + ": measure pixels=BGR, or others.");
    }
  }

  @Override
  public int encode(int index) throws IOException {
    loop.sample();
    return loop.jpegBytes();
  }

  @Override
  public Object decode(int index) throws IOException {
    return loop.sample();
  }

  /** By the program's own clocks, which the pipes do not count for. */
  @Override
  public Rounds.Side side() {
    return index -> loop.sample();
  }

  @Override
  public void close() {
    try {
      loop.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The C loop could not be ended: " + e.getMessage(), e);
    }
  }
}
