package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntConsumer;

/** What our codec does in a benchmark, by its parameter's name. */
public enum Work {
  /** Pixels to JPEG. */
  ENCODE("encode", "encoding"),
  /** JPEG to pixels. */
  DECODE("decode", "decoding");

  private final String id;
  private final String inWords;

  Work(String id, String inWords) {
    this.id = id;
    this.inWords = inWords;
  }

  String id() {
    return id;
  }

  String inWords() {
    return inWords;
  }

  /** Does one frame of several. */
  interface Step extends AutoCloseable {
    void run(int index);

    @Override
    void close();
  }

  /** Our codec over {@code frames}, which are all of one format. */
  Step over(List<Frame> frames, Jpeg jpeg) {
    if (this == ENCODE) {
      var encoding = new TurboJpegEncoding(frames, jpeg);
      return step(encoding::encode, encoding::close);
    }
    PixelFormat pixels = frames.get(0).format().pixelFormat();
    var size = new PictureSize(frames.get(0).format().width(), frames.get(0).format().height());
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(frames, jpeg);
    var decoding = new TurboJpegDecoding(jpegs, size, pixels, jpeg);
    return step(decoding::decode, decoding::close);
  }

  /** Our codec over {@code frames} and back. */
  static Step both(List<Frame> frames, Jpeg jpeg) {
    Step encoding = ENCODE.over(frames, jpeg);
    Step decoding = DECODE.over(frames, jpeg);
    return step(
        index -> {
          encoding.run(index);
          decoding.run(index);
        },
        () -> {
          decoding.close();
          encoding.close();
        });
  }

  private static Step step(IntConsumer run, Runnable close) {
    return new Step() {
      @Override
      public void run(int index) {
        run.accept(index % Footage.FRAMES);
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
