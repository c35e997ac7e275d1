package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JPEGs that other programs made (cjpeg, libjpeg), of kinds that a third-party peer may send. */
class ForeignJpegTest {
  private final FrameDecoder decoder =
      new TurboJpegCodec()
          .decoder(
              new CodecOptions(Jpeg.defaults().fastDct(false), CodecOptions.DEFAULT_MAX_PIXELS));

  @AfterEach
  void close() {
    decoder.close();
  }

  static Stream<String> images() {
    return new String(Pictures.resource("images.txt"), StandardCharsets.US_ASCII)
        .lines()
        .filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldDecodeAsOtherProgramsDo(String line) {
    String[] words = line.split(" ", -1);
    Encoding encoding = Encoding.jpeg(PixelFormat.valueOf(words[1]), false, false);
    ByteBuffer jpeg = image(words[0]);
    Frame frame = Frame.allocate(decoder.probe(jpeg, encoding));
    assertThat(frame.format()).isEqualTo(FrameFormat.of(45, 31, PixelFormat.valueOf(words[1])));
    decoder.decode(jpeg, encoding, frame);
    CRC32 sum = new CRC32();
    sum.update(Pictures.pixels(frame));
    assertThat(String.format("%08x", sum.getValue())).isEqualTo(words[2]);
  }

  @ParameterizedTest
  @CsvSource({
    "arithmetic, arithmetic-coded",
    "bits12, 12 bits per sample",
    "lossless, is lossless",
    "fifty-one-scans, more than 32 scans",
  })
  void shouldRefuseKindsThatAreNotDecodedAndSayWhich(String name, String reason) {
    Frame frame = Frame.allocate(FrameFormat.of(45, 31, PixelFormat.BGR));
    assertThatThrownBy(() -> decoder.decode(image(name), bgr(), frame))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(reason)
        .hasMessageMatching(".*byte \\d+.*");
  }

  @ParameterizedTest
  @CsvSource({
    "cmyk, BGR",
    "ycck, BGR",
    "cmyk, GRAY",
    "ycck, RGBA",
    "baseline-422, CMYK",
    "gray, CMYK"
  })
  void shouldRefuseColoursThatTheJpegCannotGive(String name, PixelFormat asked) {
    Encoding encoding = Encoding.jpeg(asked, false, false);
    assertThatThrownBy(() -> decoder.probe(image(name), encoding))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("cannot be decoded to " + asked);
  }

  @ParameterizedTest
  @CsvSource({"baseline-422, BGR", "gray, GRAY", "cmyk, CMYK"})
  void shouldChooseThePixelFormatWhenNobodyNamedOne(String name, PixelFormat natural) {
    Encoding encoding = new Encoding(Encoding.JPEG, null, null, false, false);
    assertThat(decoder.probe(image(name), encoding).pixelFormat()).isEqualTo(natural);
  }

  @Test
  void shouldRefuseAPayloadThatIsSaidToBeOfAnotherFormat() {
    Encoding encoding = new Encoding("webp", PixelFormat.BGR, null, false, false);
    assertThatThrownBy(() -> decoder.probe(image("gray"), encoding))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("webp");
  }

  @Test
  void shouldNotDecodeWithTheTablesOfThePictureBefore() {
    byte[] complete = Pictures.resource("images/optimized-420.jpg");
    byte[] stripped = withoutSegments(complete, 0xDB);
    Frame frame = Frame.allocate(FrameFormat.of(45, 31, PixelFormat.BGR));
    decoder.decode(Pictures.direct(complete), bgr(), frame);
    assertThatThrownBy(() -> decoder.decode(Pictures.direct(stripped), bgr(), frame))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Quantization table");
  }

  @Test
  void shouldIgnoreWhatFollowsTheEnd() {
    byte[] jpeg = Pictures.resource("images/baseline-422.jpg");
    ByteBuffer longer = ByteBuffer.allocateDirect(jpeg.length + 9).put(0, jpeg);
    Frame one = Frame.allocate(FrameFormat.of(45, 31, PixelFormat.BGR));
    Frame other = Frame.allocate(one.format());
    decoder.decode(Pictures.direct(jpeg), bgr(), one);
    decoder.decode(longer, bgr(), other);
    assertThat(other.pixels()).isEqualTo(one.pixels());
  }

  /** The JPEG without its segments of one kind, before the scan. */
  static byte[] withoutSegments(byte[] jpeg, int marker) {
    byte[] result = new byte[jpeg.length];
    result[0] = jpeg[0];
    result[1] = jpeg[1];
    int from = 2;
    int to = 2;
    while ((jpeg[from + 1] & 0xFF) != 0xDA) {
      int length = 2 + ((jpeg[from + 2] & 0xFF) << 8 | (jpeg[from + 3] & 0xFF));
      if ((jpeg[from + 1] & 0xFF) != marker) {
        System.arraycopy(jpeg, from, result, to, length);
        to += length;
      }
      from += length;
    }
    System.arraycopy(jpeg, from, result, to, jpeg.length - from);
    return java.util.Arrays.copyOf(result, to + jpeg.length - from);
  }

  private static ByteBuffer image(String name) {
    return Pictures.direct(Pictures.resource("images/" + name + ".jpg"));
  }

  private static Encoding bgr() {
    return Encoding.jpeg(PixelFormat.BGR, false, false);
  }
}
