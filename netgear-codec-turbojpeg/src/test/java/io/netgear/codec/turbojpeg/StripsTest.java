package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A JPEG made in strips is a plain one, and shows every decoder what a serial encoder's shows. */
class StripsTest {
  @Provide
  Arbitrary<Cases.Case> cases() {
    return Cases.cases();
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void shouldShowOurDecoderTheSamePixels(
      @ForAll("cases") Cases.Case one, @ForAll @IntRange(min = 2, max = 16) int threads) {
    byte[] strips = one.encodedBy(threads);
    assertThat(one.decodedBy(1, strips)).isEqualTo(one.decodedBy(1, one.encodedBy(1)));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void shouldShowImageIoTheSamePixelsWithoutAWarning(
      @ForAll("cases") Cases.Case one, @ForAll @IntRange(min = 2, max = 16) int threads)
      throws IOException {
    if (one.picture().format().pixelFormat() == PixelFormat.CMYK) {
      return; // ImageIO reads no CMYK
    }
    assertThat(Pictures.rgb(imageIo(one.encodedBy(threads))))
        .isEqualTo(Pictures.rgb(imageIo(one.encodedBy(1))));
  }

  private static BufferedImage imageIo(byte[] jpeg) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(in);
      BufferedImage image = reader.read(0);
      assertThat(warnings).isEmpty();
      return image;
    } finally {
      reader.dispose();
    }
  }

  @ParameterizedTest
  @EnumSource(Subsampling.class)
  void shouldShowDjpegTheSamePixelsWithoutAWarning(Subsampling subsampling, @TempDir Path folder)
      throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/djpeg")), "djpeg is not installed");
    for (int[] size : new int[][] {{1, 9}, {33, 18}, {640, 479}, {101, 257}}) {
      Frame picture = Pictures.golden(FrameFormat.of(size[0], size[1], PixelFormat.BGR), 3);
      Cases.Case one = new Cases.Case(picture, Jpeg.defaults().subsampling(subsampling), 0);
      byte[] serial = djpeg(folder, one.encodedBy(1));
      for (int threads : new int[] {2, 3, 16}) {
        assertThat(djpeg(folder, one.encodedBy(threads))).as("%s", one).isEqualTo(serial);
      }
    }
  }

  /** What djpeg makes of a JPEG; it must not complain. */
  private static byte[] djpeg(Path folder, byte[] jpeg) throws Exception {
    Path in = Files.write(folder.resolve("in.jpg"), jpeg);
    Path out = folder.resolve("out.ppm");
    Path complaints = folder.resolve("complaints");
    Process djpeg =
        new ProcessBuilder("/usr/bin/djpeg", "-outfile", out.toString(), in.toString())
            .redirectErrorStream(true)
            .redirectOutput(complaints.toFile())
            .start();
    assertThat(djpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(complaints).isEmptyFile();
    return Files.readAllBytes(out);
  }

  @ParameterizedTest
  @CsvSource({"2, 7", "3, 12", "16, 34"})
  void shouldSayInItsHeadersWhatItsStripsAre(int threads, int strips) {
    Frame picture = Pictures.golden(FrameFormat.of(100, 270, PixelFormat.RGB), 0);
    byte[] jpeg = new Cases.Case(picture, Jpeg.defaults(), 0).encodedBy(threads);
    List<Integer> markers = markers(jpeg);
    assertThat(markers).startsWith(0xD8, 0xE0, 0xDB).contains(0xC0, 0xDD).endsWith(0xD9);
    List<Integer> restarts = markers.stream().filter(m -> m >= 0xD0 && m <= 0xD7).toList();
    assertThat(restarts).hasSize(strips - 1);
    for (int i = 0; i < restarts.size(); i++) {
      assertThat(restarts.get(i)).isEqualTo(0xD0 + i % 8);
    }
    assertThat(jpeg.length - new Cases.Case(picture, Jpeg.defaults(), 0).encodedBy(1).length)
        .as("bytes more than without strips")
        .isLessThan(6 + 20 * strips);
  }

  /** The markers of a JPEG, with those inside of its scan. */
  private static List<Integer> markers(byte[] jpeg) {
    List<Integer> markers = new ArrayList<>();
    int at = 0;
    while (at < jpeg.length) {
      int marker = jpeg[at + 1] & 0xFF;
      markers.add(marker);
      at += 2;
      boolean alone = marker >= 0xD0 && marker <= 0xD9;
      if (!alone) {
        at += (jpeg[at] & 0xFF) << 8 | (jpeg[at + 1] & 0xFF);
      }
      if (marker == 0xDA || alone && marker < 0xD8) {
        while ((jpeg[at] & 0xFF) != 0xFF || jpeg[at + 1] == 0) {
          at++;
        }
      }
    }
    return markers;
  }

  @Test
  void shouldGiveTheSameBytesWhoeverHelps() {
    Frame picture = Pictures.golden(FrameFormat.of(400, 400, PixelFormat.BGR), 0);
    Jpeg jpeg = Jpeg.defaults().threads(4);
    try (JpegEncoder alone = new JpegEncoder(jpeg, new Crew(1));
        JpegEncoder helped = new JpegEncoder(jpeg, Cases.CREW)) {
      ByteBuffer expected = Pictures.encode(alone, picture);
      for (int i = 0; i < 50; i++) {
        assertThat(Pictures.encode(helped, picture)).isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldLeaveSmallFramesWholeUnlessToldOtherwise() {
    Crew crew = Cases.CREW;
    Frame small = Pictures.golden(FrameFormat.of(316, 316, PixelFormat.BGR), 0);
    Frame large = Pictures.golden(FrameFormat.of(317, 317, PixelFormat.BGR), 0);
    try (JpegEncoder automatic = new JpegEncoder(Jpeg.defaults(), crew);
        JpegEncoder serial = new JpegEncoder(Jpeg.defaults().threads(1), crew);
        JpegEncoder lone = new JpegEncoder(Jpeg.defaults(), new Crew(1))) {
      assertThat(markers(Pictures.bytes(Pictures.encode(automatic, small)))).doesNotContain(0xDD);
      assertThat(markers(Pictures.bytes(Pictures.encode(automatic, large)))).contains(0xDD);
      assertThat(markers(Pictures.bytes(Pictures.encode(serial, large)))).doesNotContain(0xDD);
      assertThat(Pictures.encode(lone, large))
          .as("with one core the same as with more")
          .isEqualTo(Pictures.encode(automatic, large));
    }
  }

  @Test
  void shouldTakeAnOutputThatHasNoRoomForStripsAtWorst() {
    Frame picture = Pictures.golden(FrameFormat.of(200, 200, PixelFormat.BGR), 0);
    byte[] serial = new Cases.Case(picture, Jpeg.defaults(), 0).encodedBy(1);
    try (JpegEncoder encoder = new JpegEncoder(Jpeg.defaults().threads(4), Cases.CREW)) {
      ByteBuffer exact = ByteBuffer.allocateDirect(serial.length);
      assertThat(encoder.encode(picture, exact)).isEqualTo(serial.length);
      assertThat(Pictures.bytes(exact)).isEqualTo(serial);
    }
  }

  @Test
  void shouldWriteFromThePositionToTheLimitOnly() {
    Frame picture = Pictures.golden(FrameFormat.of(200, 200, PixelFormat.BGR), 0);
    try (JpegEncoder encoder = new JpegEncoder(Jpeg.defaults().threads(4), Cases.CREW)) {
      int most = encoder.maxEncodedBytes(picture.format());
      ByteBuffer out = ByteBuffer.allocateDirect(most + 20);
      for (int i = 0; i < out.capacity(); i++) {
        out.put(i, (byte) 0x5A);
      }
      out.position(7).limit(7 + most);
      int size = encoder.encode(picture, out);
      assertThat(out.position()).isEqualTo(7);
      assertThat(out.limit()).isEqualTo(7 + most);
      out.clear();
      for (int i = 0; i < 7; i++) {
        assertThat(out.get(i)).isEqualTo((byte) 0x5A);
      }
      for (int i = 7 + most; i < out.capacity(); i++) {
        assertThat(out.get(i)).isEqualTo((byte) 0x5A);
      }
      assertThat(out.slice(7, size)).isEqualTo(Pictures.encode(encoder, picture));
    }
  }

  @Test
  void shouldCutPicturesOfTheLargestSizes() {
    assertThat(StripPlan.of(65_535, 65_535, 8, 8, 2))
        .as("an interval holds 65535 MCUs, 7 rows of them")
        .isEqualTo(new StripPlan(1171, 56, 15, 7 * 8192));
    assertThat(StripPlan.of(1, 1, 8, 8, 64).count()).isEqualTo(1);
    assertThat(StripPlan.of(1920, 1080, 16, 8, 8)).isEqualTo(new StripPlan(8, 136, 128, 17 * 120));
  }
}
