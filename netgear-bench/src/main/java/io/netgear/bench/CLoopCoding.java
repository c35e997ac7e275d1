package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The C program as one of several that encode or decode: a process for each picture. */
final class CLoopCoding implements JpegImplementation.Encoding, JpegImplementation.Decoding {
  private final List<CProgram.Loop> loops = new ArrayList<>();

  static CLoopCoding encoding(List<Frame> frames, Jpeg jpeg) throws IOException {
    FrameFormat format = frames.get(0).format();
    requireBgr(format.pixelFormat());
    var size = new PictureSize(format.width(), format.height());
    return new CLoopCoding("encode", size, jpeg, frames.stream().map(Frame::pixels).toList());
  }

  static CLoopCoding decoding(
      List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) throws IOException {
    requireBgr(pixels);
    return new CLoopCoding("decode", size, jpeg, jpegs);
  }

  private CLoopCoding(String what, PictureSize size, Jpeg jpeg, List<ByteBuffer> inputs)
      throws IOException {
    CProgram program = CProgram.shared();
    try {
      for (ByteBuffer input : inputs) {
        loops.add(program.start(what, size, jpeg, program.save(input)));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static void requireBgr(PixelFormat pixels) {
    if (pixels != PixelFormat.BGR) {
      throw new IllegalArgumentException(
          "The C loop works on BGR, got " + pixels + ": measure pixels=BGR, or others.");
    }
  }

  @Override
  public int encode(int index) throws IOException {
    loops.get(index).sample();
    return loops.get(index).jpegBytes();
  }

  @Override
  public Object decode(int index) throws IOException {
    return loops.get(index).sample();
  }

  /** By the program's own clocks, which the pipes do not count for. */
  @Override
  public Rounds.Side side() {
    return index -> loops.get(index % loops.size()).sample();
  }

  @Override
  public void close() {
    for (CProgram.Loop loop : loops) {
      try {
        loop.close();
      } catch (IOException e) {
        throw new UncheckedIOException("The C loop could not be ended: " + e.getMessage(), e);
      }
    }
  }
}
