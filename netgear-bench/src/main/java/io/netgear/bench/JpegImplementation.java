package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.nio.ByteBuffer;
import java.util.List;

/** Who makes and reads the JPEGs. Each prepares all it can beforehand and reuses its memory. */
public enum JpegImplementation {
  /** The codec of netgear-codec-turbojpeg. */
  TURBOJPEG {
    @Override
    Encoding encoding(List<Frame> frames, Jpeg jpeg) {
      return new TurboJpegEncoding(frames, jpeg);
    }

    @Override
    Decoding decoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
      return new TurboJpegDecoding(jpegs, size, pixels, jpeg);
    }
  },

  /** What the JDK brings along. */
  IMAGEIO {
    @Override
    Encoding encoding(List<Frame> frames, Jpeg jpeg) {
      return new ImageIoEncoding(frames, jpeg);
    }

    @Override
    Decoding decoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
      return new ImageIoDecoding(jpegs, size, pixels);
    }
  };

  /** Pictures ready to be encoded. */
  interface Encoding extends AutoCloseable {
    /** Encodes picture {@code index} to memory that is used again; gives the JPEG's length. */
    int encode(int index) throws java.io.IOException;

    @Override
    void close();
  }

  /** JPEGs ready to be decoded. */
  interface Decoding extends AutoCloseable {
    /** Decodes JPEG {@code index} into memory that is used again, which it gives. */
    Object decode(int index) throws java.io.IOException;

    @Override
    void close();
  }

  abstract Encoding encoding(List<Frame> frames, Jpeg jpeg);

  /** Takes from {@code jpeg} how many threads decode. */
  abstract Decoding decoding(
      List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg);
}
