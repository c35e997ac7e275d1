package io.netgear.video.javacv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegRecorderTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void shouldSayInWordsThatAFolderCannotBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> JpegRecorder.open(file.resolve("frames")))
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith("Cannot record to ")
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("Exception");
  }

  private static byte[] jpeg(int width, int height, int k) throws IOException {
    Frame frame = Frame.allocate(FrameFormat.of(width, height, PixelFormat.BGR));
    TestPattern.fill(frame, k);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(ImageFrames.image(frame), "jpg", out);
    return out.toByteArray();
  }

  private static Instant at(double seconds) {
    return START.plusNanos((long) (seconds * 1e9));
  }

  /** Records {@code count} pictures at {@code rate} and gives back what was recorded. */
  private static List<byte[]> record(JpegRecorder recorder, int count, double rate)
      throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      byte[] picture = jpeg(272, 48, k);
      pictures.add(picture);
      recorder.write(
          k % 2 == 0
              ? ByteBuffer.wrap(picture)
              : ByteBuffer.allocateDirect(picture.length).put(picture).flip().asReadOnlyBuffer(),
          at(k / rate));
    }
    return pictures;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.mp4", "b.MKV", "c.webm"})
  void shouldNotMakeAFolderThatIsNamedAsAnotherKindOfVideo(String name) {
    assertThatThrownBy(() -> JpegRecorder.open(folder.resolve(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(".avi");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldLeaveNoHalfWrittenFileWhenWritingFails() throws IOException {
    byte[] picture = jpeg(272, 48, 0);
    try (JpegRecorder recorder = JpegRecorder.open(folder)) {
      Thread.currentThread().interrupt(); // closes the file under the hand that writes it
      assertThatThrownBy(() -> recorder.write(ByteBuffer.wrap(picture), START))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("frame-000001.jpg");
      assertThat(Thread.interrupted()).isTrue();
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }

      recorder.write(ByteBuffer.wrap(picture), START);

      assertThat(folder.resolve("frame-000001.jpg")).hasBinaryContent(picture);
      assertThat(recorder.frames()).isEqualTo(1);
    }
  }

  private record Played(List<byte[]> packets, List<Double> seconds, double rate, int frames) {}

  private static Played play(Path file) throws FrameGrabber.Exception {
    Ffmpeg.load();
    List<byte[]> packets = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    double rate;
    int width;
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      rate = grabber.getVideoFrameRate();
      width = grabber.getImageWidth();
      var base = grabber.getFormatContext().streams(0).time_base();
      AVPacket packet;
      while ((packet = grabber.grabPacket()) != null) {
        if (packet.size() == 0) {
          continue; // a picture that stands longer
        }
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        packets.add(bytes);
        seconds.add((double) packet.pts() * base.num() / base.den());
      }
    }
    assertThat(width).isPositive();
    int frames = 0;
    try (FrameSource source = FrameSources.open(file.toString())) {
      for (var frame = source.next(); frame.isPresent(); frame = source.next()) {
        assertThat(TestPattern.number(frame.get())).isPresent();
        frames++;
      }
    }
    return new Played(packets, seconds, rate, frames);
  }

  private static void assertSame(List<byte[]> actual, List<byte[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("picture %s", i).isEqualTo(expected.get(i));
    }
  }

  @Test
  void shouldKeepEveryByteInAnAvi() throws IOException {
    Path file = folder.resolve("clip.avi");
    List<byte[]> recorded;
    try (JpegRecorder recorder = JpegRecorder.open(file, 29.97)) {
      recorded = record(recorder, 40, 29.97);
      assertThat(recorder.frames()).isEqualTo(40);
    }
    Played played = play(file);
    assertSame(played.packets(), recorded);
    assertThat(played.frames()).isEqualTo(40);
    assertThat(played.rate()).isCloseTo(29.97, org.assertj.core.data.Offset.offset(0.001));
  }

  @Test
  void shouldMeasureTheFrameRateWhenNoneIsGiven() throws IOException {
    Path file = folder.resolve("measured.avi");
    List<byte[]> recorded;
    try (JpegRecorder recorder = JpegRecorder.open(file)) {
      recorded = record(recorder, 25, 60);
    }
    Played played = play(file);
    assertSame(played.packets(), recorded);
    assertThat(played.rate()).isEqualTo(60);
  }

  @Test
  void shouldPutTheMeasuredRateRightWhenFramesComeFasterLater() throws IOException {
    Path file = folder.resolve("faster.avi");
    List<byte[]> recorded = new ArrayList<>();
    try (JpegRecorder recorder = JpegRecorder.open(file)) {
      for (int k = 0; k < 400; k++) { // 40 at 20 frames/s, 360 at 60
        recorded.add(jpeg(272, 16, k));
        recorder.write(
            ByteBuffer.wrap(recorded.get(k)), at(k < 40 ? k / 20.0 : 2 + (k - 40) / 60.0));
      }
    }
    Played played = play(file);
    assertSame(played.packets(), recorded);
    assertThat(played.rate()).isEqualTo(50); // 399 in 7.98 s
    assertThat(played.seconds().get(399)).isEqualTo(399 / 50.0);
  }

  @Test
  void shouldLetAPictureStandLongerWhereFramesAreMissing() throws IOException {
    Path file = folder.resolve("gaps.avi");
    List<byte[]> recorded = new ArrayList<>();
    double[] times = {0, 0.1, 0.2, 0.9, 1.0};
    try (JpegRecorder recorder = JpegRecorder.open(file, 10)) {
      for (int k = 0; k < times.length; k++) {
        recorded.add(jpeg(272, 48, k));
        recorder.write(ByteBuffer.wrap(recorded.get(k)), at(times[k]));
      }
    }
    Played played = play(file);
    assertSame(played.packets(), recorded);
    assertThat(played.rate()).isEqualTo(10);
    for (int k = 0; k < times.length; k++) {
      assertThat(played.seconds().get(k))
          .isCloseTo(times[k], org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void shouldFinishARecordingShorterThanItsMeasurement() throws IOException {
    Path file = folder.resolve("short.avi");
    List<byte[]> recorded;
    try (JpegRecorder recorder = JpegRecorder.open(file)) {
      recorded = record(recorder, 2, 50);
    }
    assertSame(play(file).packets(), recorded);
  }

  @Test
  void shouldWriteNoFileWhenNothingCame() throws IOException {
    JpegRecorder.open(folder.resolve("nothing.avi")).close();
    JpegRecorder.open(folder.resolve("nothing.avi"), 30).close();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void shouldGoOnInAnotherFileWhenTheSizeChanges() throws IOException {
    Path file = folder.resolve("sizes.avi");
    byte[] small = jpeg(256, 32, 1);
    byte[] large = jpeg(512, 64, 2);
    try (JpegRecorder recorder = JpegRecorder.open(file, 30)) {
      recorder.write(ByteBuffer.wrap(small), at(0));
      recorder.write(ByteBuffer.wrap(large), at(1));
      recorder.write(ByteBuffer.wrap(small), at(2));
    }
    assertSame(play(file).packets(), List.of(small));
    assertSame(play(folder.resolve("sizes-2.avi")).packets(), List.of(large));
    assertSame(play(folder.resolve("sizes-3.avi")).packets(), List.of(small));
  }

  @Test
  void shouldTryTheNextFileAgainAfterItCouldNotBeMade() throws IOException {
    byte[] small = jpeg(256, 32, 1);
    byte[] large = jpeg(512, 64, 2);
    Path nowhere =
        Files.createSymbolicLink(folder.resolve("sizes-2.avi"), folder.resolve("missing/file.avi"));
    try (JpegRecorder recorder = JpegRecorder.open(folder.resolve("sizes.avi"), 30)) {
      recorder.write(ByteBuffer.wrap(small), at(0));
      assertThatThrownBy(() -> recorder.write(ByteBuffer.wrap(large), at(1)))
          .isInstanceOf(VideoException.class);
      Files.delete(nowhere);
      recorder.write(ByteBuffer.wrap(small), at(2));
    }
    assertSame(play(folder.resolve("sizes.avi")).packets(), List.of(small));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void shouldBeReadableWhenNeverClosed() throws IOException {
    Path file = folder.resolve("crashed.avi");
    Path found = folder.resolve("found.avi");
    JpegRecorder recorder = JpegRecorder.open(file, 30);
    List<byte[]> recorded = record(recorder, 20, 30);
    Files.copy(file, found); // as a crash at this moment would leave it
    recorder.close();
    Played played = play(found);
    assertSame(played.packets(), recorded);
    assertThat(played.rate()).isEqualTo(30);
  }

  @Test
  void shouldNumberFilesInAFolderAndNeverOverwriteThem() throws IOException {
    Path target = folder.resolve("made").resolve("here");
    List<byte[]> first;
    List<byte[]> second;
    try (JpegRecorder recorder = JpegRecorder.open(target)) {
      first = record(recorder, 3, 30);
    }
    Files.delete(target.resolve("frame-000001.jpg"));
    try (JpegRecorder recorder = JpegRecorder.open(target)) {
      second = record(recorder, 2, 30);
    }
    assertThat(target.resolve("frame-000002.jpg")).hasBinaryContent(first.get(1));
    assertThat(target.resolve("frame-000003.jpg")).hasBinaryContent(first.get(2));
    assertThat(target.resolve("frame-000004.jpg")).hasBinaryContent(second.get(0));
    assertThat(target.resolve("frame-000005.jpg")).hasBinaryContent(second.get(1));
    try (FrameSource source = FrameSources.open(target.toString())) {
      assertThat(TestPattern.number(source.next().orElseThrow())).hasValue(1);
    }
  }

  @Test
  void shouldNotOverwriteARecording() throws IOException {
    Path file = Files.writeString(folder.resolve("precious.avi"), "precious");
    assertThatThrownBy(() -> JpegRecorder.open(file))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("exists already");
    assertThat(file).hasContent("precious");
  }

  @Test
  void shouldSayThatTheFolderOfAnAviIsMissing() {
    assertThatThrownBy(() -> JpegRecorder.open(folder.resolve("no/clip.avi")))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("there is no folder");
  }

  @Test
  void shouldRefuseWhatIsNoJpeg() throws IOException {
    byte[] whole = jpeg(64, 32, 0);
    byte[] cut = java.util.Arrays.copyOf(whole, 60);
    for (Path target : List.of(folder.resolve("a.avi"), folder.resolve("b"))) {
      try (JpegRecorder recorder = JpegRecorder.open(target)) {
        for (byte[] bad : List.of(new byte[0], "text, no picture".getBytes(UTF_8), cut)) {
          assertThatThrownBy(() -> recorder.write(ByteBuffer.wrap(bad), START))
              .isInstanceOf(VideoException.class)
              .hasMessageContaining("no JPEG");
        }
      }
    }
  }

  @Test
  void shouldRefuseToRecordOnceClosed() {
    JpegRecorder recorder = JpegRecorder.open(folder.resolve("closed"));
    recorder.close();
    recorder.close();
    assertThatThrownBy(() -> recorder.write(ByteBuffer.allocate(4), START))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldKeepRealPictures() throws IOException {
    Path frames = Footage.of("flower-720p-frames");
    Path file = folder.resolve("flower.avi");
    List<byte[]> recorded = new ArrayList<>();
    try (JpegRecorder recorder = JpegRecorder.open(file, 5)) {
      for (int i = 0; i < 5; i++) {
        recorded.add(Files.readAllBytes(frames.resolve("frame00" + i + ".jpg")));
        recorder.write(ByteBuffer.wrap(recorded.get(i)), at(i / 5.0));
      }
    }
    List<byte[]> packets = new ArrayList<>();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      AVPacket packet;
      while ((packet = grabber.grabPacket()) != null) {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        packets.add(bytes);
      }
    }
    assertSame(packets, recorded);
  }

  @Test
  void shouldIgnoreJitterAndShortenLongPausesOnTheTimeLine() {
    TimeLine line = new TimeLine(10);
    double[] times = {0, 0.13, 0.19, 0.27, 0.44, 0.5, 1.0, 0.9, 1.2, 100_000, 100_000.1};
    assertThat(LongStream.range(0, times.length).map(i -> line.tick(at(times[(int) i]))))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 10L, 11L, 12L, 613L, 614L);
  }

  @Test
  void shouldMeasureTheMedianRate() {
    assertThat(MeasuredSink.rate(List.of(at(0), at(0.033), at(0.066), at(1), at(1.033))))
        .isEqualTo(30);
    assertThat(MeasuredSink.rate(List.of(at(0), at(0.07), at(0.14)))).isEqualTo(14.29);
    assertThat(MeasuredSink.rate(List.of(at(0)))).isEqualTo(25);
    assertThat(MeasuredSink.rate(List.of(at(0), at(0)))).isEqualTo(25);
  }
}
