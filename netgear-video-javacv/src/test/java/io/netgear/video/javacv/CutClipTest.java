package io.netgear.video.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that end in their middle, which FFmpeg reads as if that were their end. */
class CutClipTest {
  private static final int PICTURES = 100;
  private static final int RATE = 10;

  @TempDir Path folder;

  @BeforeEach
  void loadFfmpeg() {
    Ffmpeg.load();
  }

  @ParameterizedTest
  @CsvSource({
    "clip.mkv,but announces 10.0 s: it is cut off or damaged.",
    "clip.flv,but announces 10.0 s: it is cut off or damaged.",
    "index-first.mp4,but announces 10.0 s: it is cut off or damaged.",
    "clip.avi,bytes are missing.",
    "clip.ts,bytes end within a packet."
  })
  void shouldTellThatAClipIsCutOffOnceItsLastPictureWasRead(String name, String reason)
      throws IOException {
    Path whole = written(name, 0);
    Path half = cut(whole);

    assertThat(read(whole, false)).isEqualTo(PICTURES);
    int[] pictures = new int[1];
    assertThatThrownBy(() -> read(half, false, pictures))
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith("'" + half)
        .hasMessageContaining(reason)
        .hasMessageEndingWith("All " + pictures[0] + " pictures up to there were read.");
    assertThat(pictures[0]).isBetween(20, 80);
  }

  @Test
  void shouldNotRepeatAClipThatIsCutOff() throws IOException {
    Path half = cut(written("clip.mkv", 0));
    int[] pictures = new int[1];

    assertThatThrownBy(() -> read(half, true, pictures))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("announces 10.0 s");
    assertThat(pictures[0]).isBetween(20, 80);
  }

  @Test
  void shouldRefuseAClipThatIsCutOffBeforeItsIndex() throws IOException {
    Path half = cut(written("index-last.mp4", 0));

    assertThatThrownBy(() -> FrameSources.open(half.toString()))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(half.toString())
        .hasMessageEndingWith("Is it a video file, and whole?");
  }

  @Test
  void shouldTellThatARawStreamEndsWithinAPicture() throws IOException {
    Path half = cut(Footage.of("flower-720p.264"));
    int[] pictures = new int[1];

    assertThatThrownBy(() -> read(half, false, pictures))
        .isInstanceOf(VideoException.class)
        .hasMessage(
            "'"
                + half
                + "' is cut off, or broken at its end. All "
                + pictures[0]
                + " pictures up to there were read.");
    assertThat(pictures[0]).isBetween(50, 299);
  }

  @Test
  void shouldTellThatAFilmedClipIsCutOff() throws IOException {
    Path half = cut(Footage.of("walkers-768x432.mp4"));
    assertThatThrownBy(() -> read(half, false, new int[1]))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(half.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sound.mkv", "sound.mp4", "sound.avi", "sound.ts"})
  void shouldTakeAClipForWholeWhoseSoundGoesOn(String name) throws IOException {
    assertThat(read(written(name, 30), false)).isEqualTo(PICTURES);
  }

  @Test
  void shouldTakeARecordingForWholeThatWasNeverFinished() throws IOException {
    Path recording = written("clip.avi", 0);
    byte[] bytes = Files.readAllBytes(recording);
    Arrays.fill(bytes, 4, 8, (byte) 0xff); // the size, which is put right at the end
    Path crashed = Files.write(folder.resolve("crashed.avi"), Arrays.copyOf(bytes, 60_000));

    assertThat(read(crashed, false)).isBetween(10, 90);
  }

  @Test
  void shouldWarnOnceOfDamageInTheMiddleAndGoOn() throws IOException {
    byte[] bytes = Files.readAllBytes(Footage.of("flower-720p.264"));
    for (int place = 1; place <= 4; place++) {
      int from = (int) (bytes.length * (long) place / 6);
      for (int at = from; at < from + 40; at++) {
        bytes[at] ^= 0x55;
      }
    }
    Path damaged = Files.write(folder.resolve("damaged.264"), bytes);
    List<String> warnings = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(FfmpegSource.class.getName());
    Handler handler = new Listening(warnings);
    logger.addHandler(handler);
    try (FrameSource source = FrameSources.open(damaged.toString())) {
      int pictures = 0;
      while (source.next().isPresent()) {
        pictures++;
      }
      assertThat(source.next()).isEmpty();
      assertThat(pictures).isBetween(290, 300);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(warnings).singleElement().asString().contains("damaged.264' has damaged pictures, ");
  }

  private static final class Listening extends Handler {
    private final List<String> messages;

    Listening(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord logged) {
      messages.add(logged.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static int read(Path clip, boolean loop) {
    int[] pictures = new int[1];
    read(clip, loop, pictures);
    return pictures[0];
  }

  private static void read(Path clip, boolean loop, int[] pictures) {
    SourceOptions options = SourceOptions.defaults().loop(loop);
    try (FrameSource source = FrameSources.open(clip.toString(), options)) {
      while (source.next().isPresent()) {
        pictures[0]++;
      }
    }
  }

  private Path cut(Path whole) throws IOException {
    byte[] bytes = Files.readAllBytes(whole);
    int length = bytes.length / 2;
    while (length % 188 == 0 || length % 192 == 0 || length % 204 == 0) {
      length++; // between two packets of MPEG-TS it would be another whole file
    }
    Path half = folder.resolve("half-" + whole.getFileName());
    return Files.write(half, Arrays.copyOf(bytes, length));
  }

  /** Ten seconds of the test pattern, and so much sound. */
  private Path written(String name, int soundSeconds) throws IOException {
    Path clip = folder.resolve(name);
    try (FFmpegFrameRecorder recorder =
        new FFmpegFrameRecorder(clip.toString(), 320, 240, soundSeconds > 0 ? 1 : 0)) {
      recorder.setVideoCodec(
          name.endsWith(".ts")
              ? avcodec.AV_CODEC_ID_MPEG2VIDEO
              : name.endsWith(".flv")
                  ? avcodec.AV_CODEC_ID_FLV1
                  : name.endsWith(".avi") ? avcodec.AV_CODEC_ID_MJPEG : avcodec.AV_CODEC_ID_MPEG4);
      recorder.setAudioCodec(avcodec.AV_CODEC_ID_MP2);
      recorder.setFrameRate(name.endsWith(".ts") ? 25 : RATE);
      recorder.setVideoBitrate(2_000_000);
      recorder.setSampleRate(44_100);
      if (name.startsWith("index-first")) {
        recorder.setOption("movflags", "faststart");
      }
      recorder.start();
      Frame frame = Frame.allocate(FrameFormat.of(320, 240, PixelFormat.BGR));
      for (int k = 0; k < PICTURES; k++) {
        TestPattern.fill(frame, k);
        recorder.record(JavaCvFrames.javaCv(frame));
      }
      for (int second = 0; second < soundSeconds; second++) {
        recorder.recordSamples(ShortBuffer.wrap(new short[44_100]));
      }
    }
    return clip;
  }
}
