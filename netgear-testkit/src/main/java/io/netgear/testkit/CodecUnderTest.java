package io.netgear.testkit;

import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.FrameCodec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Timeout;

/** What the tests of {@link FrameCodecContract} must know of the codec that they test. */
@Timeout(120)
public interface CodecUnderTest {
  /** The codec. */
  FrameCodec codec();

  /** The settings that encoders and decoders are made with, but for the pixel limit. */
  default CodecOptions options() {
    return CodecOptions.defaults();
  }

  /** The pixel formats that it encodes. All others must be refused. */
  Set<PixelFormat> pixelFormats();

  /** Arrays that it encodes and that are no pictures. Empty for a codec of pictures. */
  default List<FrameFormat> arrays() {
    return List.of();
  }

  /**
   * How far a smooth picture may be from what was encoded: the mean difference of a byte, from 0 to
   * 255. With 0 the codec is lossless, and noise must survive too.
   */
  default double tolerance(PixelFormat format) {
    return 0;
  }

  /**
   * A second opinion on a payload: the picture's bytes without padding, as another decoder sees
   * them, within twice the {@link #tolerance}; empty when there is none for this format.
   */
  default Optional<byte[]> decodedIndependently(byte[] payload, FrameFormat format) {
    return Optional.empty();
  }

  /**
   * Payloads of this codec's format that are broken in ways of its own: they must end in a
   * CodecException or in a whole picture.
   */
  default List<byte[]> hostilePayloads() {
    return List.of();
  }
}
