package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come, a decoder gives a whole picture or a CodecException.
 *
 * <p>A picture is whole when decoding into memory full of one value and into memory full of another
 * gives the same: then every pixel was written.
 */
public interface CodecDefenceContract extends CodecUnderTest {
  /** Pixels that a broken header may ask for: more than the pictures here have, but not many. */
  long FEW_PIXELS = 40_000;

  @Test
  default void shouldSurviveTruncatedPayloads() {
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = carefulDecoder()) {
      for (FrameFormat format : CodecBench.oneSizeOfEach(this, 40, 24)) {
        byte[] payload = CodecBench.encode(encoder, TestFrames.smooth(format));
        Encoding encoding = encoder.describe(format);
        for (int step = 0; step < 64; step++) {
          int length = (int) ((long) payload.length * step / 64);
          requireRefusedOrWhole(decoder, Arrays.copyOf(payload, length), encoding);
        }
        for (int cut = 1; cut < 8; cut++) {
          int length = Math.max(0, payload.length - cut);
          requireRefusedOrWhole(decoder, Arrays.copyOf(payload, length), encoding);
        }
        requireStillWorks(encoder, decoder, format);
      }
    }
  }

  @Test
  default void shouldSurviveFlippedBits() {
    Random random = new Random(20);
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = carefulDecoder()) {
      for (FrameFormat format : CodecBench.oneSizeOfEach(this, 40, 24)) {
        byte[] payload = CodecBench.encode(encoder, TestFrames.smooth(format));
        Encoding encoding = encoder.describe(format);
        for (int round = 0; round < 200; round++) {
          byte[] broken = payload.clone();
          // Headers are short and decide everything, so half of the flips go there.
          int range = round % 2 == 0 ? Math.min(700, broken.length) : broken.length;
          for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
            broken[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
          }
          requireRefusedOrWhole(decoder, broken, encoding);
        }
        requireStillWorks(encoder, decoder, format);
      }
    }
  }

  @Test
  default void shouldSurviveGarbage() {
    Random random = new Random(30);
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = carefulDecoder()) {
      for (FrameFormat format : CodecBench.oneSizeOfEach(this, 40, 24)) {
        Encoding encoding = encoder.describe(format);
        byte[] payload = CodecBench.encode(encoder, TestFrames.smooth(format));
        requireRefusedOrWhole(decoder, new byte[0], encoding);
        requireRefusedOrWhole(decoder, new byte[1000], encoding);
        for (int round = 0; round < 100; round++) {
          byte[] garbage = new byte[random.nextInt(4000)];
          random.nextBytes(garbage);
          requireRefusedOrWhole(decoder, garbage, encoding);
          // Garbage behind a good beginning, and a good beginning twice.
          byte[] mixed = Arrays.copyOf(payload, payload.length + garbage.length);
          System.arraycopy(garbage, 0, mixed, payload.length / 2, garbage.length);
          requireRefusedOrWhole(decoder, mixed, encoding);
        }
        requireStillWorks(encoder, decoder, format);
      }
      for (byte[] payload : hostilePayloads()) {
        for (FrameFormat format : CodecBench.oneSizeOfEach(this, 40, 24)) {
          requireRefusedOrWhole(decoder, payload, encoder.describe(format));
        }
      }
    }
  }

  @Test
  default void shouldRefusePicturesOverThePixelLimit() {
    List<FrameFormat> formats =
        CodecBench.oneSizeOfEach(this, 40, 24).stream().filter(FrameFormat::isPicture).toList();
    try (FrameEncoder encoder = codec().encoder(options())) {
      for (FrameFormat format : formats) {
        byte[] payload = CodecBench.encode(encoder, TestFrames.smooth(format));
        Encoding encoding = encoder.describe(format);
        long pixels = (long) format.width() * format.height();
        try (FrameDecoder tooStrict = decoderWithLimit(pixels - 1);
            FrameDecoder justRight = decoderWithLimit(pixels)) {
          ByteBuffer in = TestFrames.guarded(payload, 0);
          assertThatThrownBy(() -> tooStrict.probe(in, encoding))
              .as("%s", format)
              .isInstanceOf(CodecException.class)
              .hasMessageContaining(Long.toString(pixels - 1));
          Frame out = TestFrames.filled(format, TestFrames.GUARD);
          assertThatThrownBy(() -> tooStrict.decode(in, encoding, out))
              .as("%s", format)
              .isInstanceOf(CodecException.class);
          assertThat(justRight.probe(in, encoding)).isEqualTo(format);
          justRight.decode(in, encoding, out);
        }
      }
    }
  }

  @Test
  default void shouldRefuseWorkOnceClosed() {
    FrameFormat format = CodecBench.oneSizeOfEach(this, 16, 16).get(0);
    Frame frame = TestFrames.smooth(format);
    FrameEncoder encoder = codec().encoder(options());
    ByteBuffer out = TestFrames.memory(encoder.maxEncodedBytes(format), TestFrames.GUARD);
    byte[] payload = CodecBench.encode(encoder, frame);
    Encoding encoding = encoder.describe(format);
    encoder.close();
    encoder.close();
    assertThatThrownBy(() -> encoder.encode(frame, out)).isInstanceOf(IllegalStateException.class);
    FrameDecoder decoder = codec().decoder(options());
    ByteBuffer in = TestFrames.guarded(payload, 0);
    assertThat(decoder.probe(in, encoding)).isEqualTo(format);
    decoder.close();
    decoder.close();
    assertThatThrownBy(() -> decoder.probe(in, encoding)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> decoder.decode(in, encoding, frame))
        .isInstanceOf(IllegalStateException.class);
  }

  private FrameDecoder carefulDecoder() {
    return decoderWithLimit(FEW_PIXELS);
  }

  private FrameDecoder decoderWithLimit(long maxPixels) {
    return codec().decoder(new CodecOptions(options().jpeg(), maxPixels));
  }

  private static void requireRefusedOrWhole(
      FrameDecoder decoder, byte[] payload, Encoding encoding) {
    byte[] overOnes = decodeOver(decoder, payload, encoding, (byte) 0xFF);
    byte[] overZeros = decodeOver(decoder, payload, encoding, (byte) 0);
    assertThat(overOnes).as("what became of %d bytes", payload.length).isEqualTo(overZeros);
  }

  /** The picture, decoded over memory full of {@code filler}; null when it is refused. */
  private static byte[] decodeOver(
      FrameDecoder decoder, byte[] payload, Encoding encoding, byte filler) {
    // Exactly as large as the payload: a decoder that reads on reads what is not its own.
    ByteBuffer in = TestFrames.guarded(payload, 0);
    try {
      FrameFormat format = decoder.probe(in, encoding);
      Frame out = TestFrames.filled(format, filler);
      decoder.decode(in, encoding, out);
      return TestFrames.packedBytes(out);
    } catch (CodecException refused) {
      assertThat(refused).hasMessageNotContaining("null").message().isNotBlank();
      return null;
    }
  }

  private static void requireStillWorks(
      FrameEncoder encoder, FrameDecoder decoder, FrameFormat format) {
    Encoding encoding = encoder.describe(format);
    byte[] payload = CodecBench.encode(encoder, TestFrames.smooth(format));
    Frame once = CodecBench.decode(decoder, payload, encoding);
    assertThat(once.format().packedSize()).isEqualTo(format.packedSize());
  }
}
