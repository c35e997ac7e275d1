package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What comes back is what was sent, in every colour space, sampling and odd size, and independent
 * decoders see the same picture.
 *
 * <p>Tolerances, at quality 95 on slow waves: 33 dB and more between the picture sent and the one
 * that comes back, 40 dB and more between our decoder and ImageIO's (an older libjpeg with other
 * rounding; it repeats colours where ours interpolates, so the samplings are compared with fast
 * upsampling); Debian's djpeg agrees with ours exactly.
 */
class RoundTripTest {
  private static final double SENT_DB = 33;
  private static final double IMAGE_IO_DB = 40;

  static Stream<Arguments> combinations() {
    List<Arguments> all = new ArrayList<>();
    for (PixelFormat pixelFormat : PixelFormat.values()) {
      for (Subsampling subsampling : Subsampling.values()) {
        if (pixelFormat != PixelFormat.CMYK || subsampling != Subsampling.GRAY) {
          all.add(Arguments.of(pixelFormat, subsampling));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void shouldGiveBackEveryColourSpaceInEverySamplingAndOddSize(
      PixelFormat pixelFormat, Subsampling subsampling) throws IOException {
    for (int[] size : new int[][] {{64, 48}, {65, 49}, {33, 95}, {71, 40}}) {
      FrameFormat format = FrameFormat.of(size[0], size[1], pixelFormat);
      Frame picture = Pictures.smooth(format);
      ByteBuffer jpeg = encode(settings(subsampling), picture);
      Frame decoded = decode(jpeg, format, false);
      assertThat(Pictures.psnr(expected(picture, subsampling), Pictures.pixels(decoded)))
          .as("%s %s", format, subsampling.label())
          .isGreaterThan(SENT_DB);
      if (pixelFormat != PixelFormat.CMYK) {
        byte[] imageIo = Pictures.rgb(ImageIO.read(new ByteArrayInputStream(Pictures.bytes(jpeg))));
        byte[] ours =
            Pictures.rgb(decode(jpeg, FrameFormat.of(size[0], size[1], PixelFormat.RGB), true));
        assertThat(Pictures.psnr(imageIo, ours))
            .as("ImageIO, %s %s", format, subsampling.label())
            .isGreaterThan(IMAGE_IO_DB);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      names = {"RGBX", "BGRX", "XBGR", "XRGB", "RGBA", "BGRA", "ABGR", "ARGB"})
  void shouldFillTheFourthByteWith255(PixelFormat pixelFormat) {
    FrameFormat format = FrameFormat.of(37, 19, pixelFormat);
    int filler = Pictures.layout(pixelFormat)[3];
    ByteBuffer jpeg = encode(settings(Subsampling.S422), Pictures.smooth(format));
    for (boolean fastUpsample : new boolean[] {false, true}) {
      Frame decoded = Frame.allocate(format);
      Pictures.fill(decoded, 7);
      decodeInto(jpeg, decoded, fastUpsample);
      for (int pixel = 0; pixel < 37 * 19; pixel++) {
        assertThat(decoded.pixels().get(4 * pixel + filler))
            .as("pixel %d", pixel)
            .isEqualTo((byte) 255);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"65535, 2", "2, 65535", "65535, 1", "1, 65535"})
  void shouldReachTheFormatsLargestSide(int width, int height) {
    FrameFormat format = FrameFormat.of(width, height, PixelFormat.BGR);
    Frame picture = Pictures.smooth(format);
    for (Subsampling subsampling : Subsampling.values()) {
      ByteBuffer jpeg = encode(settings(subsampling), picture);
      Frame decoded = decode(jpeg, format, false);
      assertThat(Pictures.psnr(expected(picture, subsampling), Pictures.pixels(decoded)))
          .as(subsampling.label())
          .isGreaterThan(20);
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void shouldLeaveThePaddingOfRowsAlone(PixelFormat pixelFormat, Subsampling subsampling) {
    FrameFormat packed = FrameFormat.of(33, 18, pixelFormat);
    FrameFormat padded = packed.withStride(packed.rowBytes() + 11);
    Frame wide = Frame.allocate(padded);
    Pictures.fill(wide, 0x77);
    wide.fill(Pictures.smooth(packed));
    ByteBuffer jpeg = encode(settings(subsampling), wide);
    assertThat(Pictures.bytes(jpeg))
        .isEqualTo(Pictures.bytes(encode(settings(subsampling), Pictures.smooth(packed))));

    Frame decoded = Frame.allocate(padded);
    Pictures.fill(decoded, 0x77);
    decodeInto(jpeg, decoded, false);
    assertThat(Pictures.pixels(decoded)).isEqualTo(Pictures.pixels(decode(jpeg, packed, false)));
    for (int row = 0; row < 17; row++) {
      for (int i = packed.rowBytes(); i < padded.stride(); i++) {
        assertThat(decoded.pixels().get(row * padded.stride() + i)).isEqualTo((byte) 0x77);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Subsampling.class)
  void shouldAgreeWithDjpegExactly(Subsampling subsampling, @TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/djpeg")), "djpeg is not installed");
    FrameFormat format = FrameFormat.of(77, 51, PixelFormat.RGB);
    ByteBuffer jpeg = encode(settings(subsampling), Pictures.noise(format, 99));
    Path file = Files.write(folder.resolve("picture.jpg"), Pictures.bytes(jpeg));
    assertThat(djpeg(file, "-rgb", "-dct", "int"))
        .isEqualTo(Pictures.pixels(decode(jpeg, format, false)));
    assertThat(djpeg(file, "-rgb", "-dct", "int", "-nosmooth"))
        .isEqualTo(Pictures.pixels(decode(jpeg, format, true)));
  }

  /** The last bytes of djpeg's PNM output: the pixels. */
  private static byte[] djpeg(Path file, String... flags) throws Exception {
    Path output = file.resolveSibling("pixels.ppm");
    List<String> command =
        new ArrayList<>(List.of("/usr/bin/djpeg", "-pnm", "-outfile", output.toString()));
    command.addAll(Arrays.asList(flags));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    byte[] pnm = Files.readAllBytes(output);
    return Arrays.copyOfRange(pnm, pnm.length - 77 * 51 * 3, pnm.length);
  }

  /** What should come back: the picture, luma alone from a gray JPEG, 255 in the filler. */
  private static byte[] expected(Frame picture, Subsampling subsampling) {
    PixelFormat pixelFormat = picture.format().pixelFormat();
    byte[] pixels = Pictures.pixels(picture);
    int[] layout = Pictures.layout(pixelFormat);
    int bytes = pixelFormat.bytesPerPixel();
    for (int at = 0;
        bytes > 1 && pixelFormat != PixelFormat.CMYK && at < pixels.length;
        at += bytes) {
      if (layout[3] >= 0) {
        pixels[at + layout[3]] = (byte) 255;
      }
      if (subsampling == Subsampling.GRAY) {
        double luma =
            0.299 * (pixels[at + layout[0]] & 0xFF)
                + 0.587 * (pixels[at + layout[1]] & 0xFF)
                + 0.114 * (pixels[at + layout[2]] & 0xFF);
        for (int channel = 0; channel < 3; channel++) {
          pixels[at + layout[channel]] = (byte) Math.round(luma);
        }
      }
    }
    return pixels;
  }

  private static Jpeg settings(Subsampling subsampling) {
    return Jpeg.defaults().quality(95).subsampling(subsampling).fastDct(false);
  }

  private static ByteBuffer encode(Jpeg jpeg, Frame frame) {
    try (FrameEncoder encoder =
        new TurboJpegCodec().encoder(new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS))) {
      return Pictures.encode(encoder, frame);
    }
  }

  private static Frame decode(ByteBuffer jpeg, FrameFormat format, boolean fastUpsample) {
    Frame frame = Frame.allocate(format);
    decodeInto(jpeg, frame, fastUpsample);
    return frame;
  }

  private static void decodeInto(ByteBuffer jpeg, Frame frame, boolean fastUpsample) {
    CodecOptions accurate =
        new CodecOptions(Jpeg.defaults().fastDct(false), CodecOptions.DEFAULT_MAX_PIXELS);
    try (FrameDecoder decoder = new TurboJpegCodec().decoder(accurate)) {
      decoder.decode(jpeg, Encoding.jpeg(frame.format().pixelFormat(), false, fastUpsample), frame);
    }
  }
}
