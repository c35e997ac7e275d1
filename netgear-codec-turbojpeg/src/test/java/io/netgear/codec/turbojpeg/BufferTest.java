package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Positions, limits, capacities and kinds of the buffers that callers hand in. */
class BufferTest {
  private static final FrameFormat FORMAT = FrameFormat.of(45, 31, PixelFormat.BGR);
  private static final Encoding ENCODING = Encoding.jpeg(PixelFormat.BGR, true, false);

  private final FrameEncoder encoder = new TurboJpegCodec().encoder(CodecOptions.defaults());
  private final FrameDecoder decoder = new TurboJpegCodec().decoder(CodecOptions.defaults());
  private final Frame picture = Pictures.smooth(FORMAT);
  private final byte[] jpeg = Pictures.bytes(Pictures.encode(encoder, picture));

  @AfterEach
  void close() {
    encoder.close();
    decoder.close();
  }

  @Test
  void shouldWriteFromThePositionOnAndMoveNothing() {
    ByteBuffer out = ByteBuffer.allocateDirect(jpeg.length + 20);
    out.position(7).limit(jpeg.length + 9);
    assertThat(encoder.encode(picture, out)).isEqualTo(jpeg.length);
    assertThat(out.position()).isEqualTo(7);
    assertThat(out.limit()).isEqualTo(jpeg.length + 9);
    assertThat(out.slice(7, jpeg.length)).isEqualTo(ByteBuffer.wrap(jpeg));
    assertThat(out.get(6)).isZero();
    out.clear();
    assertThat(out.get(7 + jpeg.length)).isZero();
  }

  @Test
  void shouldReadFromThePositionToTheLimitAndMoveNothing() {
    ByteBuffer in = ByteBuffer.allocateDirect(jpeg.length + 20).put(9, jpeg);
    in.position(9).limit(9 + jpeg.length);
    Frame one = Frame.allocate(FORMAT);
    decoder.decode(in.asReadOnlyBuffer(), ENCODING, one);
    Frame other = Frame.allocate(FORMAT);
    decoder.decode(Pictures.direct(jpeg), ENCODING, other);
    assertThat(one.pixels()).isEqualTo(other.pixels());
    assertThat(in.position()).isEqualTo(9);
    assertThat(in.limit()).isEqualTo(9 + jpeg.length);

    in.limit(8 + jpeg.length);
    assertThatThrownBy(() -> decoder.decode(in, ENCODING, one))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(
            "The data ends before the picture does, near byte " + (jpeg.length - 1));
  }

  @Test
  void shouldTakeAnOutputThatFitsExactlyAndRefuseOneThatIsAByteShort() {
    ByteBuffer exact = ByteBuffer.allocateDirect(jpeg.length);
    assertThat(encoder.encode(picture, exact)).isEqualTo(jpeg.length);
    assertThat(Pictures.bytes(exact)).isEqualTo(jpeg);
    for (int capacity : new int[] {jpeg.length - 1, jpeg.length / 2, 1, 0}) {
      ByteBuffer small = ByteBuffer.allocateDirect(capacity);
      assertThatThrownBy(() -> encoder.encode(picture, small))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("45x31 BGR does not fit the " + capacity + " bytes")
          .hasMessageContaining(encoder.maxEncodedBytes(FORMAT) + " are enough");
    }
    assertThat(encoder.encode(picture, exact)).as("after the refusals").isEqualTo(jpeg.length);
  }

  @Test
  void shouldRefuseBuffersOnTheJavaHeapAndOutputsThatAreReadOnly() {
    assertThatThrownBy(() -> encoder.encode(picture, ByteBuffer.allocate(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("output buffer is on the Java heap");
    assertThatThrownBy(
            () -> encoder.encode(picture, ByteBuffer.allocateDirect(100_000).asReadOnlyBuffer()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("output buffer is read-only");
    assertThatThrownBy(() -> decoder.probe(ByteBuffer.wrap(jpeg), ENCODING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("payload is on the Java heap");
    Frame readOnly =
        Frame.wrap(FORMAT, ByteBuffer.allocateDirect(FORMAT.byteSize()).asReadOnlyBuffer());
    assertThatThrownBy(() -> decoder.decode(Pictures.direct(jpeg), ENCODING, readOnly))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frame is read-only");
  }

  @Test
  void shouldEncodeAFrameOfReadOnlyPixels() {
    Frame readOnly = Frame.wrap(FORMAT, picture.pixels().asReadOnlyBuffer());
    assertThat(Pictures.bytes(Pictures.encode(encoder, readOnly))).isEqualTo(jpeg);
  }

  @Test
  void shouldRefuseAFrameOfAnotherFormatThanTheJpegs() {
    for (FrameFormat other :
        new FrameFormat[] {
          FrameFormat.of(46, 31, PixelFormat.BGR),
          FrameFormat.of(45, 30, PixelFormat.BGR),
          FrameFormat.of(45, 31, PixelFormat.RGB)
        }) {
      Frame frame = Frame.allocate(other);
      assertThatThrownBy(() -> decoder.decode(Pictures.direct(jpeg), ENCODING, frame))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("decodes to 45x31 BGR, the frame given for it is " + other);
    }
  }

  @Test
  void shouldRefuseToMakeAGrayJpegOfCmyk() {
    Jpeg gray = Jpeg.defaults().subsampling(Subsampling.GRAY);
    try (FrameEncoder grayEncoder =
        new TurboJpegCodec().encoder(new CodecOptions(gray, CodecOptions.DEFAULT_MAX_PIXELS))) {
      assertThatThrownBy(() -> grayEncoder.maxEncodedBytes(FrameFormat.of(8, 8, PixelFormat.CMYK)))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("CMYK");
    }
  }

  @Test
  void shouldDescribeTheSameFormatWithTheSameObject() {
    Encoding described = encoder.describe(FORMAT);
    assertThat(described).isEqualTo(Encoding.jpeg(PixelFormat.BGR, true, false));
    assertThat(encoder.describe(FrameFormat.of(9, 9, PixelFormat.BGR))).isSameAs(described);
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldFitNoiseOfTheHighestContrastIntoTheWorstCase(PixelFormat pixelFormat) {
    FrameFormat format = FrameFormat.of(67, 45, pixelFormat);
    for (Subsampling subsampling : Subsampling.values()) {
      if (pixelFormat == PixelFormat.CMYK && subsampling == Subsampling.GRAY) {
        continue;
      }
      Jpeg best = Jpeg.defaults().quality(100).subsampling(subsampling).fastDct(false);
      try (FrameEncoder fine =
          new TurboJpegCodec().encoder(new CodecOptions(best, CodecOptions.DEFAULT_MAX_PIXELS))) {
        Frame noise = Pictures.noise(format, 31);
        ByteBuffer pixels = noise.pixels();
        for (int i = 0; i < pixels.capacity(); i++) {
          pixels.put(i, (byte) (pixels.get(i) >> 7));
        }
        assertThat(Pictures.encode(fine, noise).limit())
            .as(subsampling.label())
            .isGreaterThan(format.byteSize() / 4)
            .isLessThanOrEqualTo(fine.maxEncodedBytes(format));
      }
    }
  }
}
