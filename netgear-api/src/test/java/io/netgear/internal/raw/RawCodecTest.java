package io.netgear.internal.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import io.netgear.CodecException;
import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that travel as they are. */
class RawCodecTest {
  private static final RawCodec CODEC = new RawCodec();
  private static final int OFFSET = 7;

  static Stream<FrameFormat> formats() {
    Stream<FrameFormat> pictures =
        Stream.of(PixelFormat.values()).map(format -> FrameFormat.of(13, 5, format));
    Stream<FrameFormat> padded =
        Stream.of(PixelFormat.values()).map(format -> FrameFormat.of(13, 5, format).withStride(64));
    Stream<FrameFormat> arrays =
        Stream.of(ElementType.values())
            .flatMap(
                type ->
                    Stream.of(
                        FrameFormat.array(type, 11),
                        FrameFormat.array(type, 3, 5),
                        FrameFormat.array(type, 3, 5, 2),
                        FrameFormat.array(type, 2, 3, 5, 2)));
    return Stream.of(pictures, padded, arrays).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void shouldBringEveryFormatBackBitByBit(FrameFormat format) {
    Frame frame = random(format);
    try (FrameEncoder encoder = CODEC.encoder(CodecOptions.defaults());
        FrameDecoder decoder = CODEC.decoder(CodecOptions.defaults())) {
      ByteBuffer out = ByteBuffer.allocateDirect(OFFSET + encoder.maxEncodedBytes(format));
      out.position(OFFSET);

      int bytes = encoder.encode(frame, out);
      FrameFormat probed = decoder.probe(out, encoder.describe(format));
      Frame decoded = Frame.allocate(probed);
      decoder.decode(out, encoder.describe(format), decoded);

      assertThat(bytes).isEqualTo(format.packedSize());
      assertThat(out.position()).isEqualTo(OFFSET);
      assertThat(out.limit()).isEqualTo(out.capacity());
      assertThat(probed).isEqualTo(format.packed());
      assertThat(decoded.pixels()).isEqualTo(frame.copy().pixels());
      assertThat(decoder.payloadIsPixels()).isTrue();
    }
  }

  @Test
  void shouldDecodeIntoPaddedRowsWithoutTouchingThePadding() {
    FrameFormat padded = FrameFormat.of(2, 2, PixelFormat.BGR).withStride(8);
    Frame out = Frame.allocate(padded);
    for (int i = 0; i < padded.byteSize(); i++) {
      out.pixels().put(i, (byte) -1);
    }
    ByteBuffer payload = ByteBuffer.allocateDirect(12);

    CODEC.decoder(CodecOptions.defaults()).decode(payload, Encoding.raw(padded), out);

    byte[] all = new byte[padded.byteSize()];
    out.pixels().get(0, all);
    assertThat(all).containsExactly(0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void shouldDecodePythonsArrayIntoPictureOfTheSameBytes() {
    FrameFormat array = FrameFormat.array(ElementType.UINT8, 5, 13, 3);
    Frame source = random(array);
    Frame picture = Frame.allocate(array.asPicture(PixelFormat.BGR).orElseThrow().withStride(40));

    CODEC.decoder(CodecOptions.defaults()).decode(source.pixels(), Encoding.raw(array), picture);

    assertThat(picture.copy().pixels()).isEqualTo(source.pixels());
  }

  @Test
  void shouldRefusePayloadThatDoesNotFitItsShape() {
    Encoding encoding = Encoding.raw(FrameFormat.array(ElementType.FLOAT32, 2, 3));

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> decoder(100).probe(ByteBuffer.allocateDirect(23), encoding))
        .withMessage("Frame float32[2, 3] has 24 bytes uncompressed, the payload has 23.");
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(
            () ->
                decoder(100)
                    .decode(
                        ByteBuffer.allocateDirect(25), encoding, Frame.allocate(encoding.array())))
        .withMessageContaining("the payload has 25");
  }

  @Test
  void shouldRefuseFrameOverThePixelLimit() {
    Encoding picture = Encoding.raw(FrameFormat.of(10, 10, PixelFormat.BGR));
    Encoding pythons = Encoding.raw(FrameFormat.array(ElementType.UINT8, 10, 10, 3));
    Encoding array = Encoding.raw(FrameFormat.array(ElementType.UINT8, 10, 10, 5));

    assertThat(decoder(100).probe(ByteBuffer.allocateDirect(300), picture))
        .isEqualTo(picture.array());
    assertThat(decoder(100).probe(ByteBuffer.allocateDirect(300), pythons))
        .isEqualTo(pythons.array());
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> decoder(99).probe(ByteBuffer.allocateDirect(300), picture))
        .withMessageContaining("has 100 pixels, more than the limit of 99");
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> decoder(499).probe(ByteBuffer.allocateDirect(500), array))
        .withMessageContaining("has 500 pixels");
  }

  @Test
  void shouldRefuseOtherFormatsAndHeadersWithoutShape() {
    ByteBuffer payload = ByteBuffer.allocateDirect(1);

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> decoder(1).probe(payload, Encoding.jpeg(PixelFormat.BGR, true, false)))
        .withMessageContaining("format is jpeg");
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(
            () -> decoder(1).probe(payload, new Encoding(Encoding.RAW, null, null, false, false)))
        .withMessageContaining("without its element type and shape");
  }

  @Test
  void shouldRefuseFrameThatIsNotWhatProbeSaid() {
    Encoding encoding = Encoding.raw(FrameFormat.of(2, 2, PixelFormat.BGR));
    Frame other = Frame.allocate(FrameFormat.of(2, 3, PixelFormat.BGR));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> decoder(100).decode(ByteBuffer.allocateDirect(12), encoding, other))
        .withMessageContaining("2x3 BGR");
  }

  @Test
  void shouldRefuseOutputBufferThatIsTooSmall() {
    Frame frame = Frame.allocate(FrameFormat.of(2, 2, PixelFormat.BGR));

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(
            () ->
                CODEC.encoder(CodecOptions.defaults()).encode(frame, ByteBuffer.allocateDirect(11)))
        .withMessageContaining("needs 12 bytes uncompressed, the output buffer has room for 11");
  }

  @Test
  void shouldDescribeTheSameFormatWithTheSameObject() {
    FrameEncoder encoder = CODEC.encoder(CodecOptions.defaults());

    Encoding first = encoder.describe(FrameFormat.of(2, 2, PixelFormat.BGR));

    assertThat(encoder.describe(FrameFormat.of(2, 2, PixelFormat.BGR))).isSameAs(first);
    assertThat(encoder.describe(FrameFormat.of(2, 3, PixelFormat.BGR))).isNotEqualTo(first);
  }

  @Test
  void shouldRefuseToWorkOnceClosed() {
    FrameEncoder encoder = CODEC.encoder(CodecOptions.defaults());
    FrameDecoder decoder = CODEC.decoder(CodecOptions.defaults());
    encoder.close();
    encoder.close();
    decoder.close();
    decoder.close();
    FrameFormat format = FrameFormat.of(1, 1, PixelFormat.GRAY);

    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.encode(Frame.allocate(format), ByteBuffer.allocateDirect(1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> decoder.probe(ByteBuffer.allocateDirect(1), Encoding.raw(format)));
  }

  @Test
  void shouldAllocateNothingPerFrame() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Frame frame = random(FrameFormat.of(64, 48, PixelFormat.BGR).withStride(256));
    FrameEncoder encoder = CODEC.encoder(CodecOptions.defaults());
    FrameDecoder decoder = CODEC.decoder(CodecOptions.defaults());
    Encoding encoding = encoder.describe(frame.format());
    Frame decoded = Frame.allocate(encoding.array());
    ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(frame.format()));
    int calls = 10_000;
    long least = Long.MAX_VALUE;
    long patienceEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    // the compiler adds to a round while it is at work, and may be late
    while (least >= calls && System.nanoTime() - patienceEnds < 0) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        encoder.encode(frame, out);
        decoder.decode(out, encoder.describe(frame.format()), decoded);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(least).as("bytes of heap in %d calls", calls).isLessThan(calls);
  }

  @Test
  void shouldBeFoundAsService() {
    assertThat(ServiceLoader.load(FrameCodec.class).stream().map(p -> (Object) p.type()))
        .contains(RawCodec.class);
    assertThat(CODEC.name()).isEqualTo("raw");
    assertThat(CODEC.format()).isEqualTo(Encoding.RAW);
    assertThat(CODEC.availability().available()).isTrue();
  }

  private static FrameDecoder decoder(long maxPixels) {
    return CODEC.decoder(new CodecOptions(Jpeg.defaults(), maxPixels));
  }

  private static Frame random(FrameFormat format) {
    Frame frame = Frame.allocate(format);
    byte[] bytes = new byte[format.byteSize()];
    new Random(format.hashCode()).nextBytes(bytes);
    frame.pixels().put(0, bytes);
    return frame;
  }
}
