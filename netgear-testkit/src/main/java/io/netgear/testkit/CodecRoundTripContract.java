package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.CodecException;
import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import io.netgear.spi.Provider;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pictures come back, whatever their format, size and padding. */
public interface CodecRoundTripContract extends CodecUnderTest {
  @Test
  default void shouldBeFoundByItsName() {
    FrameCodec codec = codec();
    assertThat(ServiceLoader.load(FrameCodec.class))
        .as("codecs that ServiceLoader finds")
        .anySatisfy(
            found -> {
              assertThat(found.name()).isEqualTo(codec.name());
              assertThat(found).isInstanceOf(codec.getClass());
            });
  }

  @Test
  default void shouldPresentItself() {
    FrameCodec codec = codec();
    assertThat(codec.name()).matches("[a-z][a-z0-9-]*");
    assertThat(codec.format()).isNotBlank();
    assertThat(codec.spiVersion()).isEqualTo(Provider.SPI_VERSION);
    assertThat(codec.availability().available()).as(codec.availability().detail()).isTrue();
    assertThat(codec.availability().detail()).isNotBlank();
  }

  @Test
  default void shouldDecodeWhatItEncodes() {
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = codec().decoder(options())) {
      for (FrameFormat format : formats()) {
        Frame source = TestFrames.smooth(format);
        byte[] expected = TestFrames.packedBytes(source);
        byte[] payload = CodecBench.encode(encoder, source);
        Frame decoded = CodecBench.decode(decoder, payload, encoder.describe(format));
        requireClose(format, TestFrames.packedBytes(decoded), expected, 1);
        decodedIndependently(payload, format)
            .ifPresent(other -> requireClose(format, other, expected, 2));
        if (decoder.payloadIsPixels()) {
          assertThat(payload).as("payload of %s that is its pixels", format).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  default void shouldKeepEveryBitWhenLossless() {
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = codec().decoder(options())) {
      for (FrameFormat format : formats()) {
        if (format.isPicture() && tolerance(format.pixelFormat()) > 0) {
          continue;
        }
        Frame source = TestFrames.noise(format, 7);
        byte[] payload = CodecBench.encode(encoder, source);
        Frame decoded = CodecBench.decode(decoder, payload, encoder.describe(format));
        assertThat(TestFrames.packedBytes(decoded))
            .as("%s", format)
            .isEqualTo(TestFrames.packedBytes(source));
      }
    }
  }

  @Test
  default void shouldEncodePaddedRowsAsIfTheyWereNot() {
    try (FrameEncoder encoder = codec().encoder(options())) {
      for (FrameFormat format : formats()) {
        if (!format.isPicture()) {
          continue;
        }
        byte[] expected = CodecBench.encode(encoder, TestFrames.smooth(format));
        for (int padding : new int[] {1, 3, 16, 61}) {
          FrameFormat padded = format.withStride(format.rowBytes() + padding);
          Frame source = TestFrames.smooth(padded);
          byte[] before = CodecBench.bytesOf(source.pixels());
          assertThat(CodecBench.encode(encoder, source))
              .as("%s with rows padded by %d", format, padding)
              .isEqualTo(expected);
          assertThat(CodecBench.bytesOf(source.pixels()))
              .as("the frame that was encoded")
              .isEqualTo(before);
        }
      }
    }
  }

  @Test
  default void shouldDecodeIntoPaddedRowsAndLeavePaddingAlone() {
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = codec().decoder(options())) {
      for (FrameFormat format : formats()) {
        if (!format.isPicture()) {
          continue;
        }
        byte[] payload = CodecBench.encode(encoder, TestFrames.smooth(format));
        Encoding encoding = encoder.describe(format);
        byte[] expected = TestFrames.packedBytes(CodecBench.decode(decoder, payload, encoding));
        for (int padding : new int[] {1, 3, 16, 61}) {
          FrameFormat padded = format.withStride(format.rowBytes() + padding);
          Frame out = TestFrames.filled(padded, TestFrames.GUARD);
          decoder.decode(TestFrames.guarded(payload, 0), encoding, out);
          assertThat(TestFrames.packedBytes(out)).as("%s padded", format).isEqualTo(expected);
          assertThat(TestFrames.paddingHolds(out, TestFrames.GUARD))
              .as("padding of %s left alone", format)
              .isTrue();
        }
      }
    }
  }

  @Test
  default void shouldChangeFormatFromFrameToFrame() {
    List<FrameFormat> formats = formats();
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = codec().decoder(options())) {
      for (int i = 0; i < 3 * formats.size(); i++) {
        FrameFormat format = formats.get(i * 7 % formats.size());
        Frame source = TestFrames.smooth(format);
        byte[] payload = CodecBench.encode(encoder, source);
        Frame decoded = CodecBench.decode(decoder, payload, encoder.describe(format));
        requireClose(format, TestFrames.packedBytes(decoded), TestFrames.packedBytes(source), 1);
      }
    }
  }

  @Test
  default void shouldDescribeEachFormatWithTheSameObject() {
    try (FrameEncoder encoder = codec().encoder(options())) {
      for (FrameFormat format : formats()) {
        Encoding described = encoder.describe(format);
        assertThat(described.format()).isEqualTo(codec().format());
        assertThat(encoder.describe(format)).as("%s", format).isSameAs(described);
        if (format.isPicture()) {
          assertThat(described.colorSpace()).isEqualTo(format.pixelFormat());
        }
      }
    }
  }

  @Test
  default void shouldRefuseFormatsThatItDoesNotEncode() {
    List<FrameFormat> others = new ArrayList<>();
    Set<PixelFormat> unsupported = EnumSet.allOf(PixelFormat.class);
    unsupported.removeAll(pixelFormats());
    unsupported.forEach(format -> others.add(FrameFormat.of(16, 16, format)));
    if (arrays().isEmpty()) {
      others.add(FrameFormat.array(ElementType.FLOAT32, 16, 16));
      others.add(FrameFormat.array(ElementType.UINT8, 16));
    }
    try (FrameEncoder encoder = codec().encoder(options())) {
      for (FrameFormat format : others) {
        assertThatThrownBy(() -> encoder.maxEncodedBytes(format))
            .as("%s", format)
            .isInstanceOf(CodecException.class);
        ByteBuffer out = TestFrames.memory(1 << 16, TestFrames.GUARD);
        assertThatThrownBy(() -> encoder.encode(Frame.allocate(format), out))
            .as("%s", format)
            .isInstanceOf(CodecException.class);
      }
    }
  }

  private List<FrameFormat> formats() {
    return CodecBench.formats(this);
  }

  private void requireClose(FrameFormat format, byte[] actual, byte[] expected, int times) {
    assertThat(actual).as("%s", format).hasSameSizeAs(expected);
    double tolerance = format.isPicture() ? tolerance(format.pixelFormat()) * times : 0;
    if (tolerance == 0) {
      assertThat(actual).as("%s", format).isEqualTo(expected);
    } else {
      assertThat(TestFrames.meanDifference(actual, expected))
          .as("mean difference of a byte of %s", format)
          .isLessThanOrEqualTo(tolerance);
    }
  }
}
