package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from an earlier frame is what encoding or decoding it again would have given. */
class UnchangedTest {
  @Provide
  Arbitrary<Cases.Case> cases() {
    return Cases.cases();
  }

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void shouldGiveTheBytesOfAnEncoderThatRemembersNothing(
      @ForAll("cases") Cases.Case one,
      @ForAll @IntRange(min = 1, max = 6) int threads,
      @ForAll long seed) {
    Jpeg jpeg = one.jpeg().threads(threads);
    Random random = new Random(seed);
    Frame picture = one.picture();
    try (JpegEncoder reusing = new JpegEncoder(jpeg, Cases.CREW);
        JpegEncoder forgetful = new JpegEncoder(jpeg.reuse(false), Cases.CREW)) {
      for (int frame = 0; frame < 10; frame++) {
        assertThat(Pictures.encode(reusing, picture))
            .as("frame %d of %s", frame, one)
            .isEqualTo(Pictures.encode(forgetful, picture));
        picture = next(picture, random);
      }
    }
  }

  /** The same picture again, or with some bytes or rows changed, or moved, or of another kind. */
  private static Frame next(Frame picture, Random random) {
    FrameFormat format = picture.format();
    int bytes = picture.pixels().capacity();
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {}
      case 3 -> picture.pixels().put(random.nextInt(bytes), (byte) random.nextInt());
      case 4 -> {
        int row = random.nextInt(format.height());
        for (int i = 0; i < format.rowBytes(); i++) {
          picture.pixels().put(row * format.stride() + i, (byte) random.nextInt());
        }
      }
      case 5 -> picture = picture.copy(); // elsewhere, without padding
      case 6 -> {
        for (int i = 0; i < bytes; i += 1 + random.nextInt(50)) {
          picture.pixels().put(i, (byte) random.nextInt());
        }
      }
      default -> {
        if (random.nextInt(4) == 0) {
          PixelFormat other =
              format.pixelFormat() == PixelFormat.GRAY ? PixelFormat.BGR : PixelFormat.GRAY;
          picture =
              Pictures.golden(
                  FrameFormat.of(1 + random.nextInt(99), 1 + random.nextInt(199), other), 0);
        }
      }
    }
    return picture;
  }

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void shouldGiveThePixelsOrTheRefusalOfADecoderThatRemembersNothing(
      @ForAll("cases") Cases.Case one,
      @ForAll @IntRange(min = 1, max = 12) int strips,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll long seed) {
    Random random = new Random(seed);
    FrameFormat format = one.picture().format().packed();
    Frame picture = one.picture().copy();
    byte[] good = encoded(picture, one.jpeg().threads(strips));
    byte[] jpeg = good;
    Jpeg settings = one.jpeg().threads(threads).fastDct(false).fastUpsample(false);
    boolean fastUpsample = one.jpeg().fastUpsample();
    try (JpegDecoder reusing = decoder(settings);
        JpegDecoder forgetful = decoder(settings.reuse(false))) {
      for (int frame = 0; frame < 12; frame++) {
        Encoding encoding = Encoding.jpeg(format.pixelFormat(), one.jpeg().fastDct(), fastUpsample);
        FrameFormat padded = format.withStride(format.rowBytes() + random.nextInt(3));
        assertThat(outcome(reusing, jpeg, encoding, padded))
            .as("frame %d of %s", frame, one)
            .isEqualTo(outcome(forgetful, jpeg, encoding, padded));
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> {}
          case 3, 4, 5 -> {
            change(picture, random);
            good = encoded(picture, one.jpeg().threads(strips));
            jpeg = good;
          }
          case 6 -> jpeg = random.nextBoolean() ? good : BandsTest.Damage.damage(good, random);
          default -> {
            fastUpsample ^= random.nextBoolean();
            int quality = 10 + random.nextInt(91);
            good = encoded(picture, one.jpeg().quality(quality).threads(strips));
            jpeg = good;
          }
        }
      }
    }
  }

  private static void change(Frame picture, Random random) {
    int rows = picture.format().height();
    int first = random.nextInt(rows);
    int end = Math.min(rows, first + 1 + random.nextInt(20));
    int rowBytes = picture.format().rowBytes();
    for (int i = first * rowBytes; i < end * rowBytes; i++) {
      picture.pixels().put(i, (byte) (picture.pixels().get(i) + random.nextInt(9)));
    }
  }

  private static byte[] encoded(Frame picture, Jpeg jpeg) {
    try (JpegEncoder encoder = new JpegEncoder(jpeg.reuse(false), Cases.CREW)) {
      return Pictures.bytes(Pictures.encode(encoder, picture));
    }
  }

  private static JpegDecoder decoder(Jpeg jpeg) {
    return new JpegDecoder(new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS), Cases.CREW);
  }

  /** The pixels with whatever lies between the rows, or what the exception says. */
  private static Object outcome(
      JpegDecoder decoder, byte[] jpeg, Encoding encoding, FrameFormat format) {
    Frame frame = Frame.allocate(format);
    Pictures.fill(frame, 0x5A);
    try {
      decoder.decode(Pictures.direct(jpeg), encoding, frame);
    } catch (CodecException | IllegalArgumentException e) {
      return e.getMessage();
    }
    byte[] bytes = new byte[frame.pixels().capacity()];
    frame.pixels().get(0, bytes);
    return Arrays.hashCode(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void shouldEncodeOnlyWhatChanges(int cores) {
    FrameFormat format = FrameFormat.of(640, 640, PixelFormat.BGR);
    Frame picture = Pictures.golden(format, 0);
    try (JpegEncoder encoder = new JpegEncoder(Jpeg.defaults(), new Crew(cores))) {
      ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format));
      for (int i = 0; i < 4; i++) {
        encoder.encode(picture, out);
      }
      assertThat(encoder.reusedStrips()).as("all strips of a still picture").isEqualTo(6);
      picture.pixels().put(100, (byte) 1).put(format.byteSize() - 1, (byte) 1);
      encoder.encode(picture, out);
      assertThat(encoder.reusedStrips()).as("but the first and the last").isEqualTo(4);
      encoder.encode(picture, out);
      assertThat(encoder.reusedStrips()).isEqualTo(6);
    }
  }

  @Test
  void shouldEncodeAPictureWithoutStripsOnlyWhenItChanges() {
    Frame picture = Pictures.golden(FrameFormat.of(500, 500, PixelFormat.BGR), 0);
    try (JpegEncoder encoder = new JpegEncoder(Jpeg.defaults().threads(1), Cases.CREW)) {
      byte[] first = Pictures.bytes(Pictures.encode(encoder, picture));
      for (int i = 0; i < 3; i++) {
        assertThat(Pictures.bytes(Pictures.encode(encoder, picture))).isEqualTo(first);
      }
      assertThat(encoder.reusedStrips()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Subsampling.class)
  void shouldDecodeOnlyWhatChanges(Subsampling subsampling) {
    FrameFormat format = FrameFormat.of(512, 1024, PixelFormat.BGR);
    Frame picture = Pictures.golden(format, 0);
    Jpeg jpeg = Jpeg.defaults().subsampling(subsampling);
    Encoding encoding = Encoding.jpeg(PixelFormat.BGR, true, false);
    Frame out = Frame.allocate(format);
    try (JpegDecoder decoder = decoder(jpeg)) {
      byte[] still = encoded(picture, jpeg);
      for (int i = 0; i < 3; i++) {
        decoder.decode(Pictures.direct(still), encoding, out);
      }
      assertThat(decoder.reusedIntervals()).as("all of a still picture").isEqualTo(8);
      picture.pixels().put(100, (byte) 77);
      byte[] changed = encoded(picture, jpeg);
      Pictures.fill(out, 0);
      decoder.decode(Pictures.direct(changed), encoding, out);
      // Smooth upsampling looks across the border of the strips.
      boolean context = subsampling == Subsampling.S420 || subsampling == Subsampling.S440;
      assertThat(decoder.reusedIntervals()).as("but what changed").isEqualTo(context ? 6 : 7);
      assertThat(Pictures.pixels(out)).isEqualTo(decodedAnew(jpeg, changed, encoding, format));
    }
  }

  private static byte[] decodedAnew(
      Jpeg jpeg, byte[] encoded, Encoding encoding, FrameFormat format) {
    Frame frame = Frame.allocate(format);
    try (JpegDecoder decoder = decoder(jpeg.reuse(false))) {
      decoder.decode(Pictures.direct(encoded), encoding, frame);
    }
    return Pictures.pixels(frame);
  }

  @Test
  void shouldCopyAnUnchangedJpegWithoutMarkers() {
    FrameFormat format = FrameFormat.of(300, 200, PixelFormat.BGR);
    byte[] jpeg = encoded(Pictures.golden(format, 0), Jpeg.defaults().threads(1));
    Encoding encoding = Encoding.jpeg(PixelFormat.BGR, true, false);
    try (JpegDecoder decoder = decoder(Jpeg.defaults())) {
      for (int i = 0; i < 3; i++) {
        Frame out = Frame.allocate(format);
        decoder.decode(Pictures.direct(jpeg), encoding, out);
        assertThat(Pictures.pixels(out))
            .isEqualTo(decodedAnew(Jpeg.defaults(), jpeg, encoding, format));
      }
      assertThat(decoder.reusedIntervals()).isEqualTo(1);
    }
  }

  @Test
  void shouldDecodeAJpegThatIsTooLongToBeRemembered() {
    FrameFormat format = FrameFormat.of(64, 64, PixelFormat.BGR);
    byte[] jpeg = encoded(Pictures.golden(format, 0), Jpeg.defaults().threads(1));
    ByteBuffer padded = ByteBuffer.allocateDirect((64 << 20) + 1).put(0, jpeg);
    Encoding encoding = Encoding.jpeg(PixelFormat.BGR, true, false);
    byte[] expected = decodedAnew(Jpeg.defaults(), jpeg, encoding, format);
    Frame out = Frame.allocate(format);
    try (JpegDecoder decoder = decoder(Jpeg.defaults())) {
      for (int i = 0; i < 3; i++) {
        decoder.decode(Pictures.direct(jpeg), encoding, out);
      }
      assertThat(decoder.reusedIntervals()).as("remembered").isEqualTo(1);
      for (int i = 0; i < 3; i++) {
        Pictures.fill(out, 0);
        decoder.decode(padded, encoding, out);
        assertThat(decoder.reusedIntervals()).isZero();
        assertThat(Pictures.pixels(out)).isEqualTo(expected);
      }
      Pictures.fill(out, 0);
      decoder.decode(Pictures.direct(jpeg), encoding, out);
      assertThat(Pictures.pixels(out)).isEqualTo(expected);
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void shouldGiveWhatAFreshDecoderGivesWhateverCameBefore(
      @ForAll("cases") Cases.Case one,
      @ForAll("cases") Cases.Case other,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<byte[]> jpegs = assorted(one, other, random);
    PixelFormat[] colours = {PixelFormat.BGR, PixelFormat.RGBA, PixelFormat.GRAY, PixelFormat.CMYK};
    Jpeg settings = Jpeg.defaults().threads(threads).fastDct(false).fastUpsample(false);
    byte[] jpeg = jpegs.get(0);
    Encoding encoding = Encoding.jpeg(colours[0], false, false);
    try (JpegDecoder decoder = decoder(settings)) {
      for (int frame = 0; frame < 24; frame++) {
        if (random.nextInt(3) == 0) {
          jpeg = jpegs.get(random.nextInt(jpegs.size()));
        }
        if (random.nextInt(6) == 0) {
          PixelFormat colour = colours[random.nextInt(colours.length)];
          encoding = Encoding.jpeg(colour, random.nextBoolean(), random.nextBoolean());
        }
        Object expected;
        try (JpegDecoder fresh = decoder(settings.threads(1).reuse(false))) {
          expected = probedOutcome(fresh, jpeg, encoding);
        }
        assertThat(probedOutcome(decoder, jpeg, encoding))
            .as("frame %d, %s and %s, %s", frame, one, other, encoding)
            .isEqualTo(expected);
      }
    }
  }

  /** Of several sizes, samplings and kinds, whole, cut off and damaged. */
  private static List<byte[]> assorted(Cases.Case one, Cases.Case other, Random random) {
    List<byte[]> jpegs = new ArrayList<>();
    Frame picture = one.picture().copy();
    boolean cmyk = picture.format().pixelFormat() == PixelFormat.CMYK;
    Subsampling elsewhere = cmyk ? Subsampling.S440 : Subsampling.GRAY;
    int strips = 1 + random.nextInt(8);
    jpegs.add(encoded(picture, one.jpeg().threads(strips)));
    jpegs.add(encoded(picture, one.jpeg().threads(1 + random.nextInt(8))));
    jpegs.add(encoded(picture, one.jpeg().threads(strips).quality(10 + random.nextInt(91))));
    jpegs.add(encoded(picture, one.jpeg().threads(strips).subsampling(elsewhere)));
    change(picture, random);
    jpegs.add(encoded(picture, one.jpeg().threads(strips)));
    jpegs.add(encoded(other.picture(), other.jpeg().threads(1 + random.nextInt(8))));
    jpegs.add(Pictures.resource("images/progressive.jpg"));
    byte[] whole = jpegs.get(random.nextInt(jpegs.size()));
    jpegs.add(Arrays.copyOf(whole, random.nextInt(whole.length)));
    jpegs.add(BandsTest.Damage.damage(jpegs.get(0), random));
    return jpegs;
  }

  private static Object probedOutcome(JpegDecoder decoder, byte[] jpeg, Encoding encoding) {
    try {
      return outcome(decoder, jpeg, encoding, decoder.probe(Pictures.direct(jpeg), encoding));
    } catch (CodecException e) {
      return e.getMessage();
    }
  }

  @Test
  void shouldNotTakeIntervalsOfAJpegWithOtherTables() {
    FrameFormat format = FrameFormat.of(400, 400, PixelFormat.BGR);
    byte[] jpeg = encoded(Pictures.golden(format, 0), Jpeg.defaults());
    byte[] darker = jpeg.clone();
    darker[BandsTest.Damage.segment(jpeg, 0xDB) + 5] ^= 3;
    Encoding encoding = Encoding.jpeg(PixelFormat.BGR, true, false);
    Frame out = Frame.allocate(format);
    try (JpegDecoder decoder = decoder(Jpeg.defaults())) {
      for (int i = 0; i < 3; i++) {
        decoder.decode(Pictures.direct(jpeg), encoding, out);
      }
      assertThat(decoder.reusedIntervals()).isEqualTo(2);
      decoder.decode(Pictures.direct(darker), encoding, out);
      assertThat(decoder.reusedIntervals()).isZero();
      assertThat(Pictures.pixels(out))
          .isEqualTo(decodedAnew(Jpeg.defaults(), darker, encoding, format));
    }
  }

  @Test
  void shouldRememberNothingOfAMovingSceneBetweenLooks() {
    FrameFormat format = FrameFormat.of(400, 400, PixelFormat.BGR);
    Jpeg jpeg = Jpeg.defaults();
    try (JpegEncoder encoder = new JpegEncoder(jpeg, Cases.CREW);
        JpegDecoder decoder = decoder(jpeg)) {
      ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format));
      Frame decoded = Frame.allocate(format);
      for (int i = 1; i < 20; i++) {
        encoder.encode(Pictures.noise(format, i), out);
        decoder.decode(
            out.duplicate().limit(encoder.encode(Pictures.noise(format, 99 * i), out)),
            Encoding.jpeg(PixelFormat.BGR, true, false),
            decoded);
        assertThat(encoder.reusedStrips() + decoder.reusedIntervals()).isZero();
      }
    }
  }

  @Test
  void shouldFollowFramesThatComeInPairs() {
    FrameFormat format = FrameFormat.of(400, 400, PixelFormat.BGR);
    List<Integer> reused = new ArrayList<>();
    try (JpegEncoder encoder = new JpegEncoder(Jpeg.defaults(), Cases.CREW)) {
      for (int i = 2; i < 20; i++) {
        Pictures.encode(encoder, Pictures.noise(format, i / 2));
        reused.add(encoder.reusedStrips());
      }
    }
    assertThat(reused.subList(3, 9)).as("%s", reused).containsExactly(2, 0, 2, 0, 2, 0);
  }
}
