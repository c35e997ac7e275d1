package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the codec tests do again and again. */
final class CodecBench {
  private static final int[][] SIZES = {
    {1, 1}, {1, 7}, {7, 1}, {2, 2}, {3, 5}, {8, 8}, {15, 17}, {16, 16}, {17, 31}, {64, 48},
    {127, 65}
  };

  private CodecBench() {}

  /** Every supported pixel format in all sizes, and the arrays. */
  static List<FrameFormat> formats(CodecUnderTest subject) {
    List<FrameFormat> formats = new ArrayList<>();
    for (PixelFormat pixels : subject.pixelFormats()) {
      for (int[] size : SIZES) {
        formats.add(FrameFormat.of(size[0], size[1], pixels));
      }
    }
    formats.addAll(subject.arrays());
    return formats;
  }

  /** One format of each kind. */
  static List<FrameFormat> oneSizeOfEach(CodecUnderTest subject, int width, int height) {
    List<FrameFormat> formats = new ArrayList<>();
    for (PixelFormat pixels : subject.pixelFormats()) {
      formats.add(FrameFormat.of(width, height, pixels));
    }
    formats.addAll(subject.arrays());
    return formats;
  }

  /** The payload, from a buffer of the size that the encoder asks for. */
  static byte[] encode(FrameEncoder encoder, Frame frame) {
    int most = encoder.maxEncodedBytes(frame.format());
    ByteBuffer out = TestFrames.memory(most, TestFrames.GUARD);
    int written = encoder.encode(frame, out);
    assertThat(written).as("bytes of %s", frame.format()).isBetween(1, most);
    byte[] payload = new byte[written];
    out.get(0, payload);
    return payload;
  }

  /** The picture, in a frame of the format that the decoder foretells. */
  static Frame decode(FrameDecoder decoder, byte[] payload, Encoding encoding) {
    ByteBuffer in = TestFrames.guarded(payload, 0);
    FrameFormat format = decoder.probe(in, encoding);
    assertThat(format.isPacked()).as("%s is packed", format).isTrue();
    Frame out = TestFrames.filled(format, TestFrames.GUARD);
    decoder.decode(in, encoding, out);
    return out;
  }

  /** All bytes of a buffer, whatever its position and limit. */
  static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(bytes);
    return bytes;
  }
}
