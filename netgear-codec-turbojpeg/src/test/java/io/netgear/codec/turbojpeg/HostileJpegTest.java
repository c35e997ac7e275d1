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
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any bytes give a picture or a CodecException that says what and where; never a crash, nor pixels
 * that nobody decoded.
 */
class HostileJpegTest {
  private static final Encoding BGR = Encoding.jpeg(PixelFormat.BGR, true, false);

  private final FrameDecoder decoder = new TurboJpegCodec().decoder(CodecOptions.defaults());

  @AfterEach
  void close() {
    decoder.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline-422", "progressive", "restart-440", "three-scans-411", "gray"})
  void shouldRefuseAJpegCutOffAtAnyByte(String name) {
    byte[] jpeg = image(name);
    Frame frame = Frame.allocate(FrameFormat.of(45, 31, PixelFormat.BGR));
    for (int length = 0; length < jpeg.length; length++) {
      ByteBuffer cut = Pictures.direct(Arrays.copyOf(jpeg, length));
      assertThatThrownBy(() -> decoder.decode(cut, BGR, frame))
          .as("the first %d bytes", length)
          .isInstanceOf(CodecException.class)
          .hasMessageMatching("(?s).*(byte|no JPEG).*");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "baseline-422, 4000",
    "progressive, 3000",
    "restart-440, 2000",
    "three-scans-411, 2000",
    "rgb, 1000",
    "gray, 1000",
    "arithmetic, 500",
    "bits12, 500",
    "lossless, 500",
    "cmyk, 1000"
  })
  void shouldGiveAWholePictureOrAReasonWhenBitsAreFlipped(String name, int rounds) {
    byte[] jpeg = image(name);
    Random random = new Random(20261122);
    PixelFormat pixelFormat = name.equals("cmyk") ? PixelFormat.CMYK : PixelFormat.BGR;
    Encoding encoding = Encoding.jpeg(pixelFormat, true, false);
    int pictures = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] broken = jpeg.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      pictures += decodesWholly(Pictures.direct(broken), encoding) ? 1 : 0;
    }
    assertThat(pictures).as("decoded, of %d", rounds).isLessThan(rounds);
  }

  /** Decodes twice into different fillings: a pixel that was not decoded would differ. */
  private boolean decodesWholly(ByteBuffer jpeg, Encoding encoding) {
    try {
      FrameFormat format = decoder.probe(jpeg, encoding);
      if ((long) format.width() * format.height() > 4_000_000) {
        return false;
      }
      Frame one = Frame.allocate(format);
      Frame other = Frame.allocate(format);
      Pictures.fill(one, 0xA5);
      Pictures.fill(other, 0x5A);
      decoder.decode(jpeg, encoding, one);
      decoder.decode(jpeg, encoding, other);
      assertThat(other.pixels()).isEqualTo(one.pixels());
      return true;
    } catch (CodecException e) {
      assertThat(e).hasMessageMatching("(?s).*(byte|no JPEG|pixels|cannot be decoded to).*");
      return false;
    }
  }

  @Test
  void shouldRefuseMorePixelsThanTheLimitBeforeAnyMemoryIsReserved() {
    byte[] jpeg = image("baseline-422");
    setSize(jpeg, 65_535, 65_535);
    assertThatThrownBy(() -> decoder.probe(Pictures.direct(jpeg), BGR))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("65535x65535 pixels, the limit is 100000000");
  }

  @Test
  void shouldObeyTheLimitThatWasConfigured() {
    CodecOptions options = new CodecOptions(Jpeg.defaults(), 45 * 31 - 1);
    try (FrameDecoder strict = new TurboJpegCodec().decoder(options)) {
      ByteBuffer jpeg = Pictures.direct(image("baseline-422"));
      Frame frame = Frame.allocate(FrameFormat.of(45, 31, PixelFormat.BGR));
      assertThatThrownBy(() -> strict.decode(jpeg, BGR, frame))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("the limit is 1394");
    }
    try (FrameDecoder exact =
        new TurboJpegCodec().decoder(new CodecOptions(Jpeg.defaults(), 45 * 31))) {
      assertThat(exact.probe(Pictures.direct(image("baseline-422")), BGR).width()).isEqualTo(45);
    }
  }

  @Test
  void shouldRefuseAPictureWhoseDataEndsLongBeforeItsSize() {
    byte[] jpeg = image("baseline-422");
    setSize(jpeg, 4000, 3000);
    Frame frame = Frame.allocate(FrameFormat.of(4000, 3000, PixelFormat.BGR));
    assertThatThrownBy(() -> decoder.decode(Pictures.direct(jpeg), BGR, frame))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("near byte");
  }

  @ParameterizedTest
  @CsvSource({"0, 31", "45, 0"})
  void shouldRefuseAnEmptyPicture(int width, int height) {
    byte[] jpeg = image("baseline-422");
    setSize(jpeg, width, height);
    assertThatThrownBy(() -> decoder.probe(Pictures.direct(jpeg), BGR))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(width + "x" + height + " pixels");
  }

  @Test
  void shouldRefuseMarkersInTheWrongOrder() {
    assertRefused(
        "FFD8 FFDA 0008 0101 0000 3F00", "no frame header (SOF) before its scan, at byte 2");
    assertRefused("FFD8 FFD9", "no frame header (SOF) before its end, at byte 2");
    assertRefused("FFD8 FFD8 FFD9", "FF D8 in its header, at byte 2");
    assertRefused("FFD8 4142 4344", "stray bytes instead of a marker, at byte 2");
    assertRefused("FFD8 FFE0 0001 00", "impossible length of 1, at byte 4");
    assertRefused("FFD8 FFE0 FFFF 00", "ends inside segment FF E0 of 65535 bytes, at byte 2");
    assertRefused("FFD8 FFFF FFFF", "ends before its frame header, at byte 6");
    assertRefused("FFD8 FFC0 0008 0800 1000 1002", "2 components");
    assertRefused("FFD8 FFC0 000B 0800 1000 1003 0111 00", "does not fit its 3 components");
    assertRefused("FFD8 FFC5 000B 0800 1000 1001 0111 00", "is hierarchical");
    assertRefused("4749 4638 3961", "does not start with the bytes FF D8 but with 47 49");
    assertRefused("", "The payload of 0 bytes is no JPEG");
  }

  @Test
  void shouldRefuseAScanBeforeItsTables() {
    byte[] jpeg = ForeignJpegTest.withoutSegments(image("baseline-422"), 0xDB);
    Frame frame = Frame.allocate(FrameFormat.of(45, 31, PixelFormat.BGR));
    assertThatThrownBy(() -> decoder.decode(Pictures.direct(jpeg), BGR, frame))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Quantization table 0x00 was not defined");
  }

  @Test
  void shouldSurviveNoiseBehindAGoodHeader() {
    byte[] jpeg = image("baseline-422");
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      byte[] broken = jpeg.clone();
      for (int i = 640; i < broken.length; i++) {
        broken[i] = (byte) random.nextInt();
      }
      decodesWholly(Pictures.direct(broken), BGR);
    }
    assertThat(decodesWholly(Pictures.direct(jpeg), BGR)).as("still decodes").isTrue();
  }

  private void assertRefused(String hex, String reason) {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> decoder.probe(Pictures.direct(bytes), BGR))
        .as(hex)
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] image(String name) {
    return Pictures.resource("images/" + name + ".jpg");
  }

  /** Overwrites the size in the frame header. */
  private static void setSize(byte[] jpeg, int width, int height) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xC0) {
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
    }
    ByteBuffer.wrap(jpeg).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
  }
}
