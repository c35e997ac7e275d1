package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture at a fraction of its size, without its colours, or a part of it. */
class ViewTest {
  @Provide
  Arbitrary<Cases.Case> cases() {
    return Cases.cases();
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void shouldGiveThePartOfWhatDecodingTheWholeGives(
      @ForAll("cases") Cases.Case one,
      @ForAll @IntRange(min = 1, max = 12) int strips,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 0, max = 3) int halvings,
      @ForAll boolean gray,
      @ForAll long seed) {
    FrameFormat format = one.picture().format().packed();
    Random random = new Random(seed);
    int scale = 1 << halvings;
    int left = random.nextInt(format.width());
    int top = random.nextInt(format.height());
    int width = 1 + random.nextInt(format.width());
    int height = 1 + random.nextInt(format.height());
    byte[] jpeg = one.encodedBy(strips);
    Frame whole = decoded(one, 1, new View(scale, gray, 0, 0, 0, 0), jpeg);
    Frame part = decoded(one, threads, new View(scale, gray, left, top, width, height), jpeg);
    int x = left / scale;
    int y = top / scale;
    assertThat(part.format().width())
        .isEqualTo(ceil(Math.min(format.width(), left + width), scale) - x);
    assertThat(part.format().height())
        .isEqualTo(ceil(Math.min(format.height(), top + height), scale) - y);
    assertThat(Pictures.pixels(part)).as("%s", one).isEqualTo(cut(whole, x, y, part.format()));
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void shouldScaleInBandsAsOneThreadDoes(
      @ForAll("cases") Cases.Case one,
      @ForAll @IntRange(min = 2, max = 12) int strips,
      @ForAll @IntRange(min = 2, max = 4) int threads,
      @ForAll @IntRange(min = 1, max = 3) int halvings) {
    View view = new View(1 << halvings, false, 0, 0, 0, 0);
    byte[] jpeg = one.encodedBy(strips);
    Frame alone = decoded(one, 1, view, jpeg);
    assertThat(alone.format().width())
        .isEqualTo(ceil(one.picture().format().width(), view.scale()));
    assertThat(Pictures.pixels(decoded(one, threads, view, jpeg)))
        .isEqualTo(Pictures.pixels(alone));
    assertThat(Pictures.pixels(decoded(one, 1, view, one.encodedBy(1))))
        .as("without restart markers")
        .isEqualTo(Pictures.pixels(alone));
  }

  private static int ceil(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }

  private static byte[] cut(Frame whole, int left, int top, FrameFormat part) {
    int bytes = part.pixelFormat().bytesPerPixel();
    byte[] cut = new byte[part.packedSize()];
    for (int row = 0; row < part.height(); row++) {
      int from = (top + row) * whole.format().stride() + left * bytes;
      whole.pixels().get(from, cut, row * part.rowBytes(), part.rowBytes());
    }
    return cut;
  }

  private static Frame decoded(Cases.Case one, int threads, View view, byte[] jpeg) {
    Encoding encoding =
        Encoding.jpeg(
            one.picture().format().pixelFormat(), one.jpeg().fastDct(), one.jpeg().fastUpsample());
    try (JpegDecoder decoder = decoder(one.jpeg().threads(threads), view)) {
      return decoded(decoder, jpeg, encoding);
    }
  }

  private static Frame decoded(JpegDecoder decoder, byte[] jpeg, Encoding encoding) {
    ByteBuffer in = Pictures.direct(jpeg);
    Frame frame = Frame.allocate(decoder.probe(in, encoding));
    decoder.decode(in, encoding, frame);
    return frame;
  }

  private static JpegDecoder decoder(Jpeg jpeg, View view) {
    return new JpegDecoder(
        new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS, view), Cases.CREW);
  }

  @ParameterizedTest
  @EnumSource(Subsampling.class)
  void shouldScaleAsDjpegDoes(Subsampling subsampling, @TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/djpeg")), "djpeg is not installed");
    Jpeg accurate = Jpeg.defaults().subsampling(subsampling).fastDct(false);
    for (int[] size : new int[][] {{1, 9}, {33, 18}, {640, 479}, {101, 257}}) {
      Frame picture = Pictures.golden(FrameFormat.of(size[0], size[1], PixelFormat.RGB), 0);
      Cases.Case one = new Cases.Case(picture, accurate, 0);
      byte[] jpeg = one.encodedBy(4);
      for (int scale : new int[] {1, 2, 4, 8}) {
        byte[] expected = djpeg(folder, jpeg, "-dct", "int", "-rgb", "-scale", "1/" + scale);
        Frame frame = decoded(one, 3, new View(scale, false, 0, 0, 0, 0), jpeg);
        assertThat(Pictures.pixels(frame)).as("%s at 1/%d", one, scale).isEqualTo(expected);
        byte[] gray = djpeg(folder, jpeg, "-dct", "int", "-grayscale", "-scale", "1/" + scale);
        frame = decoded(one, 3, new View(scale, true, 0, 0, 0, 0), jpeg);
        assertThat(Pictures.pixels(frame)).as("gray %s at 1/%d", one, scale).isEqualTo(gray);
      }
    }
  }

  /** The samples that djpeg gives for a JPEG. */
  private static byte[] djpeg(Path folder, byte[] jpeg, String... options) throws Exception {
    Path in = Files.write(folder.resolve("in.jpg"), jpeg);
    Path out = folder.resolve("out.pnm");
    String[] command = Arrays.copyOf(new String[] {"/usr/bin/djpeg"}, options.length + 4);
    System.arraycopy(options, 0, command, 1, options.length);
    command[options.length + 1] = "-outfile";
    command[options.length + 2] = out.toString();
    command[options.length + 3] = in.toString();
    Process djpeg = new ProcessBuilder(command).inheritIO().start();
    assertThat(djpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
    byte[] bytes = Files.readAllBytes(out);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int header = text.indexOf("\n255\n") + 5;
    return Arrays.copyOfRange(bytes, header, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"progressive", "three-scans-411", "restart-440", "optimized-420", "rgb"})
  void shouldScaleAndCutForeignJpegs(String name) {
    byte[] jpeg = Pictures.resource("images/" + name + ".jpg");
    Encoding encoding = Encoding.jpeg(PixelFormat.BGR, false, false);
    for (int scale : new int[] {1, 2, 4, 8}) {
      try (JpegDecoder all = decoder(Jpeg.defaults(), new View(scale, false, 0, 0, 0, 0));
          JpegDecoder some = decoder(Jpeg.defaults(), new View(scale, false, 9, 10, 17, 12))) {
        Frame whole = decoded(all, jpeg, encoding);
        Frame part = decoded(some, jpeg, encoding);
        assertThat(Pictures.pixels(part))
            .isEqualTo(cut(whole, 9 / scale, 10 / scale, part.format()));
      }
    }
  }

  @Test
  void shouldRefuseAPictureThatEndsBeforeThePartBegins() {
    Frame picture = Pictures.smooth(FrameFormat.of(64, 48, PixelFormat.BGR));
    byte[] jpeg = new Cases.Case(picture, Jpeg.defaults(), 0).encodedBy(1);
    Encoding encoding = Encoding.jpeg(PixelFormat.BGR, true, false);
    try (JpegDecoder decoder = decoder(Jpeg.defaults(), new View(1, false, 64, 0, 10, 10))) {
      assertThatThrownBy(() -> decoder.probe(Pictures.direct(jpeg), encoding))
          .isInstanceOf(CodecException.class)
          .hasMessage(
              "The part that is to be decoded begins at 64,0, outside of a picture of 64x48 pixels: ask for another part, or for the whole.");
    }
  }

  @Test
  void shouldLeaveCmykItsColours() {
    Frame picture = Pictures.smooth(FrameFormat.of(64, 48, PixelFormat.CMYK));
    byte[] jpeg = new Cases.Case(picture, Jpeg.defaults(), 0).encodedBy(1);
    try (JpegDecoder decoder = decoder(Jpeg.defaults(), new View(4, true, 0, 0, 0, 0))) {
      FrameFormat format =
          decoder.probe(Pictures.direct(jpeg), Encoding.jpeg(PixelFormat.CMYK, true, false));
      assertThat(format).isEqualTo(FrameFormat.of(16, 12, PixelFormat.CMYK));
    }
  }

  @Test
  void shouldTakeOverWhatDidNotChangeInScaledPicturesToo() {
    Frame picture = Pictures.golden(FrameFormat.of(400, 400, PixelFormat.BGR), 0);
    Encoding encoding = Encoding.jpeg(PixelFormat.BGR, true, false);
    View view = new View(2, true, 0, 0, 0, 0);
    try (JpegDecoder decoder = decoder(Jpeg.defaults(), view);
        JpegDecoder forgetful = decoder(Jpeg.defaults().reuse(false), view)) {
      byte[] jpeg = new Cases.Case(picture, Jpeg.defaults(), 0).encodedBy(2);
      for (int i = 0; i < 3; i++) {
        decoded(decoder, jpeg, encoding);
      }
      picture.pixels().put(0, (byte) 99);
      byte[] changed = new Cases.Case(picture, Jpeg.defaults(), 0).encodedBy(2);
      assertThat(Pictures.pixels(decoded(decoder, changed, encoding)))
          .isEqualTo(Pictures.pixels(decoded(forgetful, changed, encoding)));
      assertThat(decoder.reusedIntervals()).isEqualTo(7);
    }
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void shouldGivePartsOfDamagedJpegsOrRefuseThem(
      @ForAll("cases") Cases.Case one,
      @ForAll @IntRange(min = 1, max = 12) int strips,
      @ForAll long seed) {
    Random random = new Random(seed);
    FrameFormat format = one.picture().format().packed();
    View view =
        new View(
            1 << random.nextInt(4),
            random.nextBoolean(),
            random.nextInt(format.width()),
            random.nextInt(format.height()),
            1 + random.nextInt(format.width()),
            1 + random.nextInt(format.height()));
    byte[] jpeg = BandsTest.Damage.damage(one.encodedBy(strips), random);
    Encoding encoding =
        Encoding.jpeg(format.pixelFormat(), one.jpeg().fastDct(), one.jpeg().fastUpsample());
    try (JpegDecoder decoder = decoder(one.jpeg().threads(3), view)) {
      byte[] first = outcome(decoder, jpeg, encoding, 0x5A);
      assertThat(outcome(decoder, jpeg, encoding, 0xA5))
          .as("no pixel is left as it was")
          .isEqualTo(first);
    }
  }

  /** Pixels, or the message's bytes. */
  private static byte[] outcome(JpegDecoder decoder, byte[] jpeg, Encoding encoding, int filling) {
    try {
      ByteBuffer in = Pictures.direct(jpeg);
      Frame frame = Frame.allocate(decoder.probe(in, encoding));
      Pictures.fill(frame, filling);
      decoder.decode(in, encoding, frame);
      return Pictures.pixels(frame);
    } catch (CodecException e) {
      return e.getMessage().getBytes(StandardCharsets.UTF_8);
    }
  }
}
