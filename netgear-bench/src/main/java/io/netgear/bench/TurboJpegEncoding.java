package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.codec.turbojpeg.TurboJpegCodec;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Encoding as {@code send} does it: from direct memory into direct memory. */
final class TurboJpegEncoding implements JpegImplementation.Encoding {
  private final FrameEncoder encoder;
  private final List<Frame> frames;
  private final ByteBuffer output;

  TurboJpegEncoding(List<Frame> frames, Jpeg jpeg) {
    this.frames = frames;
    encoder = new TurboJpegCodec().encoder(new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS));
    output = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(frames.get(0).format()));
  }

  /** The JPEGs of {@code frames}, for whoever decodes. */
  static List<ByteBuffer> jpegs(List<Frame> frames, Jpeg jpeg) {
    List<ByteBuffer> jpegs = new ArrayList<>();
    try (var encoding = new TurboJpegEncoding(frames, jpeg)) {
      for (int i = 0; i < frames.size(); i++) {
        int size = encoding.encode(i);
        jpegs.add(ByteBuffer.allocateDirect(size).put(0, encoding.output, 0, size));
      }
    }
    return jpegs;
  }

  @Override
  public int encode(int index) {
    return encoder.encode(frames.get(index), output);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
