package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who makes and reads the JPEGs. Each prepares all it can beforehand and reuses its memory. */
public enum JpegImplementation {
  /** The codec of netgear-codec-turbojpeg. */
  NETGEAR("NetGear") {
    @Override
    Optional<String> missing() {
      return Optional.empty();
    }

    @Override
    Encoding encoding(List<Frame> frames, Jpeg jpeg) {
      return new TurboJpegEncoding(frames, jpeg);
    }

    @Override
    Decoding decoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
      return new TurboJpegDecoding(jpegs, size, pixels, jpeg);
    }
  },

  /**
   * A loop in C over the codec's own library, in a process of its own; BGR alone. What JMH times
   * has a turn through two pipes in it, about 0.02 ms.
   */
  C("C loop") {
    @Override
    Optional<String> missing() {
      return CProgram.missing();
    }

    @Override
    Encoding encoding(List<Frame> frames, Jpeg jpeg) throws IOException {
      return CLoopCoding.encoding(frames, jpeg);
    }

    @Override
    Decoding decoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg)
        throws IOException {
      return CLoopCoding.decoding(jpegs, size, pixels, jpeg);
    }
  },

  /** libjpeg-turbo's own Java binding, of Debian's libturbojpeg-java. */
  LIBJPEG_TURBO_JAVA("libjpeg-turbo's Java") {
    @Override
    Optional<String> missing() {
      return LibjpegTurboJava.missing();
    }

    @Override
    Encoding encoding(List<Frame> frames, Jpeg jpeg) {
      return LibjpegTurboJava.encoding(frames, jpeg);
    }

    @Override
    Decoding decoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
      return LibjpegTurboJava.decoding(jpegs, size, pixels, jpeg);
    }
  },

  /** OpenCV through bytedeco's presets, with a libjpeg-turbo of its own; BGR and GRAY. */
  OPENCV("OpenCV") {
    @Override
    Optional<String> missing() {
      return OpenCv.missing();
    }

    @Override
    Encoding encoding(List<Frame> frames, Jpeg jpeg) {
      return OpenCv.encoding(frames, jpeg);
    }

    @Override
    Decoding decoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
      return OpenCv.decoding(jpegs, size, pixels);
    }
  },

  /** What the JDK brings along. */
  IMAGEIO("ImageIO") {
    @Override
    Optional<String> missing() {
      return Optional.empty();
    }

    @Override
    Encoding encoding(List<Frame> frames, Jpeg jpeg) {
      return new ImageIoEncoding(frames, jpeg);
    }

    @Override
    Decoding decoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
      return new ImageIoDecoding(jpegs, size, pixels);
    }
  };

  private final String label;

  JpegImplementation(String label) {
    this.label = label;
  }

  /** For people. */
  String label() {
    return label;
  }

  /** Pictures ready to be encoded. */
  interface Encoding extends AutoCloseable {
    /** Encodes picture {@code index} to memory that is used again; gives the JPEG's length. */
    int encode(int index) throws IOException;

    /** Encodes one picture after the other. */
    default Rounds.Side side() {
      return Rounds.java(index -> encode(index % Footage.FRAMES));
    }

    @Override
    void close();
  }

  /** JPEGs ready to be decoded. */
  interface Decoding extends AutoCloseable {
    /** Decodes JPEG {@code index} into memory that is used again, which it gives. */
    Object decode(int index) throws IOException;

    /** Decodes one JPEG after the other. */
    default Rounds.Side side() {
      return Rounds.java(index -> decode(index % Footage.FRAMES));
    }

    @Override
    void close();
  }

  /** Why it cannot be measured here, as the end of a sentence; empty when it can. */
  abstract Optional<String> missing();

  abstract Encoding encoding(List<Frame> frames, Jpeg jpeg) throws IOException;

  /** Takes from {@code jpeg} how to decode, and on how many threads. */
  abstract Decoding decoding(
      List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) throws IOException;

  /** Those that can be measured here. */
  static List<JpegImplementation> present() {
    return Arrays.stream(values()).filter(one -> one.missing().isEmpty()).toList();
  }
}
