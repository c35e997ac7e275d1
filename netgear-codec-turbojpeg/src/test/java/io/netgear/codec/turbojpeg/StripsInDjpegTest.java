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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * What libjpeg-turbo's own program makes of JPEGs in strips, of random sizes and settings. It reads
 * one a process, so a shell runs many of them.
 */
class StripsInDjpegTest {
  private static final Path DJPEG = Path.of("/usr/bin/djpeg");
  private static final int CASES = 100;

  @TempDir Path folder;

  @RepeatedTest(4)
  void shouldShowDjpegThePixelsOfASerialEncodersJpegWithoutAWarning() throws Exception {
    assumeTrue(
        Files.isExecutable(DJPEG),
        "djpeg is not here to be asked: Debian has it in libjpeg-turbo-progs");
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Cases.Case> cases = new ArrayList<>();
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < CASES; i++) {
      Cases.Case one = Cases.random(random);
      cases.add(one);
      Files.write(file(i, "strips.jpg"), one.encodedBy(2 + random.nextInt(15)));
      Files.write(file(i, "serial.jpg"), one.encodedBy(1));
      script.append(line(i, "strips", one.jpeg())).append(line(i, "serial", one.jpeg()));
    }
    run(script.toString());
    for (int i = 0; i < CASES; i++) {
      String name = "case " + i + " of seed " + seed + ": " + cases.get(i);
      assertThat(file(i, "strips.said")).as(name).isEmptyFile();
      assertThat(file(i, "serial.said")).as(name).isEmptyFile();
      byte[] strips = Files.readAllBytes(file(i, "strips.pnm"));
      assertThat(strips).as(name).isEqualTo(Files.readAllBytes(file(i, "serial.pnm")));
      if (cases.get(i).picture().format().pixelFormat() != PixelFormat.CMYK) { // has no such file
        assertThat(samples(strips)).as(name).isEqualTo(ours(cases.get(i), file(i, "serial.jpg")));
      }
    }
  }

  private Path file(int number, String ending) {
    return folder.resolve(number + "." + ending);
  }

  private static String line(int number, String kind, Jpeg jpeg) {
    String name = number + "." + kind;
    return String.join(
        " ",
        DJPEG.toString(),
        "-dct",
        jpeg.fastDct() ? "fast" : "int",
        jpeg.fastUpsample() ? "-nosmooth" : "",
        "-outfile",
        name + ".pnm",
        name + ".jpg",
        ">" + name + ".said 2>&1 || echo ended with $? >>" + name + ".said\n");
  }

  private void run(String script) throws Exception {
    Path file = Files.writeString(folder.resolve("script"), script);
    Process shell =
        new ProcessBuilder("/bin/sh", file.toString())
            .directory(folder.toFile())
            .inheritIO()
            .start();
    try {
      assertThat(shell.waitFor(120, TimeUnit.SECONDS)).as("djpeg has read all JPEGs").isTrue();
    } finally {
      shell.destroyForcibly();
    }
  }

  /** What follows the headers of a PGM or PPM file. */
  private static byte[] samples(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return Arrays.copyOfRange(file, text.indexOf("\n255\n") + 5, file.length);
  }

  /** What our decoder makes of a JPEG, in the samples that djpeg gives. */
  private static byte[] ours(Cases.Case one, Path jpeg) throws Exception {
    FrameFormat format = one.picture().format();
    boolean gray =
        format.pixelFormat() == PixelFormat.GRAY || one.jpeg().subsampling() == Subsampling.GRAY;
    PixelFormat pixels = gray ? PixelFormat.GRAY : PixelFormat.RGB;
    Frame frame = Frame.allocate(FrameFormat.of(format.width(), format.height(), pixels));
    CodecOptions options = new CodecOptions(one.jpeg().threads(1), CodecOptions.DEFAULT_MAX_PIXELS);
    try (JpegDecoder decoder = new JpegDecoder(options, Cases.CREW)) {
      decoder.decode(
          Pictures.direct(Files.readAllBytes(jpeg)),
          Encoding.jpeg(pixels, one.jpeg().fastDct(), one.jpeg().fastUpsample()),
          frame);
    }
    return Pictures.pixels(frame);
  }
}
