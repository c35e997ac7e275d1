package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an encoder or decoder takes from the C heap is given back when it is closed. */
class NativeMemoryTest {
  private static final long PAGE_BYTES = 4096;

  /** A program of its own, whose Java heap is touched from the start and so never grows. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldGiveBackWhatTenThousandEncodersAndDecodersTook(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output");
    Process program =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms48m",
                    "-Xmx48m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OpenAndClose.class.getName()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(program.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(output);
    assertThat(program.exitValue()).as(said).isZero();
    String grown = said.lines().filter(l -> l.startsWith("grown ")).findFirst().orElseThrow();
    assertThat(Long.parseLong(grown.substring("grown ".length())))
        .as("KiB more after 8000 encoders and 8000 decoders")
        .isLessThan(20_000);
  }

  /** What the other process runs. */
  static final class OpenAndClose {
    private static final FrameFormat FORMAT = FrameFormat.of(64, 64, PixelFormat.BGR);
    private static final Jpeg SETTINGS = Jpeg.defaults().threads(3);
    private static final Frame PICTURE = Pictures.smooth(FORMAT);
    private static final Frame DECODED = Frame.allocate(FORMAT);
    private static final ByteBuffer OUT = ByteBuffer.allocateDirect(1 << 16);
    private static final Crew CREW = new Crew(3);

    public static void main(String[] arguments) throws IOException {
      openAndClose(2_000);
      long before = residentBytes();
      openAndClose(8_000);
      System.out.println("grown " + (residentBytes() - before) / 1024);
    }

    private static void openAndClose(int times) {
      for (int i = 0; i < times; i++) {
        try (JpegEncoder encoder = new JpegEncoder(SETTINGS, CREW);
            JpegDecoder decoder =
                new JpegDecoder(
                    new CodecOptions(SETTINGS, CodecOptions.DEFAULT_MAX_PIXELS), CREW)) {
          // Often enough to remember the picture, and to take it from there.
          for (int frame = 0; frame < 4; frame++) {
            OUT.clear().limit(encoder.encode(PICTURE, OUT));
            decoder.decode(OUT, Encoding.jpeg(PixelFormat.BGR, true, false), DECODED);
            OUT.clear();
          }
          if (encoder.reusedStrips() == 0 || decoder.reusedIntervals() == 0) {
            throw new IllegalStateException("Nothing was remembered.");
          }
        }
      }
    }

    private static long residentBytes() throws IOException {
      System.gc();
      String[] sizes = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
      return Long.parseLong(sizes[1]) * PAGE_BYTES;
    }
  }
}
