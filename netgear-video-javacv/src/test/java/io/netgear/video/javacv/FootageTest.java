package io.netgear.video.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FootageTest {
  @ParameterizedTest
  @CsvSource({
    "walkers-768x432.mp4,768,432,1394,10",
    "street-1080p.264,1920,1080,54,25",
    "flower-720p.264,1280,720,300,25"
  })
  void shouldReadEveryFrameOfAClip(String name, int width, int height, int frames, double rate) {
    try (FrameSource source = FrameSources.open(Footage.of(name).toString())) {
      assertThat(source.format().packed())
          .isEqualTo(FrameFormat.of(width, height, PixelFormat.BGR));
      assertThat(source.framesPerSecond()).hasValue(rate);
      assertThat(source.description()).contains(name, width + "x" + height, "at " + (int) rate);
      int count = 0;
      while (source.next().isPresent()) {
        count++;
      }
      assertThat(count).isEqualTo(frames);
      assertThat(source.next()).isEmpty();
    }
  }

  @Test
  void shouldShowTheSamePictureAsTheStillsMadeFromTheClip() {
    try (FrameSource clip = FrameSources.open(Footage.of("street-1080p.264").toString());
        FrameSource stills = FrameSources.open(Footage.of("street-1080p-frames").toString())) {
      int compared = 0;
      for (int k = 0; k <= 45; k++) {
        Frame moving = clip.next().orElseThrow();
        if (k % 9 == 0) {
          assertThat(psnr(moving, stills.next().orElseThrow())).isGreaterThan(33);
          compared++;
        }
      }
      assertThat(compared).isEqualTo(6);
    }
  }

  private static double psnr(Frame a, Frame b) {
    byte[] x = RandomFrames.packedBytes(a);
    byte[] y = RandomFrames.packedBytes(b);
    long squares = 0;
    for (int i = 0; i < x.length; i++) {
      int difference = (x[i] & 255) - (y[i] & 255);
      squares += (long) difference * difference;
    }
    return 10 * Math.log10(255.0 * 255 * x.length / squares);
  }

  @Test
  void shouldLoopARawStreamByOpeningItAgain() {
    SourceOptions options = SourceOptions.defaults().loop(true).reducer(75);
    try (FrameSource source =
        FrameSources.open(Footage.of("street-1080p.264").toString(), options)) {
      long[] sums = new long[54 * 2 + 3];
      for (int i = 0; i < sums.length; i++) {
        Frame frame = source.next().orElseThrow();
        CRC32 crc = new CRC32();
        crc.update(frame.pixels().duplicate());
        sums[i] = crc.getValue();
        assertThat(frame.format()).isEqualTo(FrameFormat.of(480, 270, PixelFormat.BGR));
      }
      for (int i = 54; i < sums.length; i++) {
        assertThat(sums[i]).as("frame %s", i).isEqualTo(sums[i - 54]);
      }
      assertThat(sums[0]).isNotEqualTo(sums[1]);
    }
  }

  @Test
  void shouldRefuseAClipWithoutItsIndex(@TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(Footage.of("walkers-768x432.mp4"));
    Path half = folder.resolve("half.mp4");
    Files.write(half, java.util.Arrays.copyOf(whole, 4000));
    assertThatThrownBy(() -> FrameSources.open(half.toString()))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("half.mp4")
        .hasMessageEndingWith("Is it a video file, and whole?");
  }

  @Test
  void shouldBeClosableWhileAnotherThreadReads() throws InterruptedException {
    FrameSource source =
        FrameSources.open(
            Footage.of("flower-720p.264").toString(), SourceOptions.defaults().loop(true));
    Thread reader =
        new Thread(
            () -> {
              while (source.next().isPresent()) {
                Thread.onSpinWait();
              }
            });
    reader.start();
    source.close();
    reader.join(60_000);
    assertThat(reader.isAlive()).isFalse();
  }
}
