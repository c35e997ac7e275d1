package io.netgear.video.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSourcesTest {
  private static final SourceOptions FAST = SourceOptions.defaults().framesPerSecond(0);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"test,1280,720,30", "test:640x480,640,480,30", "test:320x16@59.94,320,16,59.94"})
  void shouldOpenTheTestPattern(String spec, int width, int height, double rate) {
    try (FrameSource source = FrameSources.open(spec, FAST)) {
      assertThat(source.format()).isEqualTo(FrameFormat.of(width, height, PixelFormat.BGR));
      assertThat(source.framesPerSecond()).hasValue(rate);
      for (int k = 0; k < 3; k++) {
        assertThat(TestPattern.compare(source.next().orElseThrow(), k).exact()).isTrue();
      }
    }
  }

  @Test
  void shouldPaintTheTestPatternInTheFormatAskedFor() {
    for (PixelFormat pixels : PixelFormat.values()) {
      try (FrameSource source = FrameSources.open("test:300x40", FAST.pixelFormat(pixels))) {
        Frame frame = source.next().orElseThrow();
        assertThat(frame.format()).isEqualTo(FrameFormat.of(300, 40, pixels));
        assertThat(source.format()).isEqualTo(frame.format());
        assertThat(TestPattern.compare(frame, 0).exact()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "test:", "test:1x", "test:0x5", "test:640x480@", "test:640x480@0", "test:9@9"})
  void shouldRefuseTextThatCannotBeMeant(String spec) {
    assertThatThrownBy(() -> FrameSources.open(spec)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldCloseAFileWhosePicturesAreTooLarge() throws IOException {
    Path file = folder.resolve("wide.dat");
    ImageIO.write(new BufferedImage(70_000, 2, BufferedImage.TYPE_3BYTE_BGR), "png", file.toFile());

    assertThatThrownBy(() -> FrameSources.open(file.toString(), FAST))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("wide.dat")
        .hasMessageContaining("70000");

    Path open = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(open), "no list of open files");
    try (Stream<Path> files = Files.list(open)) {
      assertThat(files.map(FrameSourcesTest::target)).isNotEmpty().doesNotContain(file.toString());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) { // closed while we looked
      return "";
    }
  }

  @Test
  void shouldScaleThenConvert() {
    SourceOptions options = FAST.reducer(20).colorSpace("COLOR_BGR2GRAY");
    try (FrameSource source = FrameSources.open("test:640x480", options)) {
      assertThat(source.format()).isEqualTo(FrameFormat.of(512, 384, PixelFormat.GRAY));
      Frame plain = Frame.allocate(FrameFormat.of(640, 480, PixelFormat.BGR));
      TestPattern.fill(plain, 0);
      Frame expected =
          ColorConversion.parse("COLOR_BGR2GRAY").convert(FrameScaler.reduce(plain, 20));
      assertThat(source.next().orElseThrow().pixels()).isEqualTo(expected.pixels());
    }
  }

  @Test
  void shouldRefuseAConversionThatDoesNotStartFromThreeBytes() {
    assertThatThrownBy(() -> SourceOptions.defaults().colorSpace("COLOR_GRAY2RGB"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("COLOR_BGR2RGB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.mp4", "no/such/folder/", "missing.jpg"})
  void shouldSayThatAFileIsMissing(String name) {
    assertThatThrownBy(() -> FrameSources.open(folder.resolve(name).toString()))
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith("There is no file")
        .hasMessageContaining(name.replaceFirst("/$", ""));
  }

  @Test
  void shouldSayThatAFileIsEmpty() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.mp4"));
    assertThatThrownBy(() -> FrameSources.open(empty.toString()))
        .isInstanceOf(VideoException.class)
        .hasMessage("The file '" + empty + "' is empty.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text.mp4", "text.avi", "text", "text.264"})
  void shouldSayThatAFileIsNoVideo(String name) throws IOException {
    Path text = Files.writeString(folder.resolve(name), "This is no video.\n".repeat(500));
    assertThatThrownBy(() -> FrameSources.open(text.toString()))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(text.toString())
        .hasMessageEndingWith("Is it a video file, and whole?");
  }

  @Test
  void shouldSayThatAPictureIsBroken() throws IOException {
    Path text = Files.writeString(folder.resolve("broken.png"), "This is no picture.");
    assertThatThrownBy(() -> FrameSources.open(text.toString()))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(text.toString());
  }

  @Test
  void shouldSayThatAFolderHasNoPictures() {
    assertThatThrownBy(() -> FrameSources.open(folder.toString()))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("has no pictures")
        .hasMessageContaining("png");
  }

  @Test
  void shouldReadAFolderInNaturalOrderAndLoop() throws IOException {
    for (int number : new int[] {10, 9, 1, 100, 2}) {
      Frame frame = Frame.allocate(FrameFormat.of(256, 20 + number, PixelFormat.RGB));
      TestPattern.fill(frame, number);
      ImageIO.write(
          ImageFrames.image(frame), "png", folder.resolve("frame" + number + ".png").toFile());
    }
    Files.writeString(folder.resolve("notes.txt"), "not a picture");
    try (FrameSource source = FrameSources.open(folder.toString())) {
      assertThat(numbers(source, 9)).containsExactly(1, 2, 9, 10, 100);
      assertThat(source.framesPerSecond()).isEmpty();
    }
    try (FrameSource source = FrameSources.open(folder.toString(), FAST.loop(true))) {
      assertThat(numbers(source, 7)).containsExactly(1, 2, 9, 10, 100, 1, 2);
    }
  }

  private static List<Integer> numbers(FrameSource source, int atMost) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < atMost; i++) {
      Optional<Frame> frame = source.next();
      if (frame.isEmpty()) {
        break;
      }
      OptionalInt number = TestPattern.number(frame.get());
      assertThat(TestPattern.compare(frame.get(), number.orElseThrow()).exact()).isTrue();
      assertThat(source.format()).isEqualTo(frame.get().format());
      numbers.add(number.getAsInt());
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void shouldReadEveryKindOfPngAsBgr(int type) throws IOException {
    BufferedImage image = new BufferedImage(31, 17, type);
    image.getRaster().setSample(5, 6, 0, type == BufferedImage.TYPE_USHORT_GRAY ? 0x8040 : 128);
    if (type == BufferedImage.TYPE_INT_ARGB) {
      image.setRGB(5, 6, 0xff808080);
    } else if (type == BufferedImage.TYPE_BYTE_INDEXED) {
      image.setRGB(5, 6, 0xffffffff);
    }
    int expected = type == BufferedImage.TYPE_BYTE_INDEXED ? 255 : 128;
    File file = folder.resolve("picture.png").toFile();
    ImageIO.write(image, "png", file);
    try (FrameSource source = FrameSources.open(file.toString())) {
      Frame frame = source.next().orElseThrow();
      assertThat(frame.format()).isEqualTo(FrameFormat.of(31, 17, PixelFormat.BGR));
      for (int c = 0; c < 3; c++) {
        assertThat(frame.pixels().get(6 * 93 + 15 + c) & 255).isEqualTo(expected);
        assertThat(frame.pixels().get(6 * 93 + 18 + c) & 255).isZero();
      }
      assertThat(source.next()).isEmpty();
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchCamera() {
    assumeFalse(Files.exists(Path.of("/dev/video97")));
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    for (String spec : new String[] {"97", "/dev/video97"}) {
      assertThatThrownBy(() -> FrameSources.open(spec))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("There is no camera " + spec);
    }
  }

  @Test
  void shouldSayThatADeviceIsNoCamera() {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    assertThatThrownBy(() -> FfmpegSource.camera("/dev/null", "v4l2", SourceOptions.defaults()))
        .isInstanceOf(VideoException.class)
        .message()
        .satisfiesAnyOf(
            message ->
                assertThat(message)
                    .startsWith("Cannot open '/dev/null'")
                    .endsWith("Is it a camera, and is no other program using it?"),
            message -> assertThat(message).contains("libpulse.so.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp", "http"})
  void shouldSayThatNobodyIsListening(String protocol) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = protocol + "://me:secret@127.0.0.1:" + port + "/stream";
    assertThatThrownBy(() -> FrameSources.open(url))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(protocol + "://***@127.0.0.1:" + port + "/stream")
        .hasMessageContaining("Connection refused")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp", "http", "tcp"})
  void shouldGiveUpOnAServerThatSaysNothing(String protocol) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = protocol + "://127.0.0.1:" + silent.getLocalPort() + "/stream";
      SourceOptions options = SourceOptions.defaults().timeout(Duration.ofMillis(300));
      assertThatThrownBy(() -> FrameSources.open(url, options))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining(url);
    }
  }

  @Test
  void shouldBeAtItsEndOnceClosed() {
    FrameSource source = FrameSources.open("test:64x64", FAST);
    source.close();
    source.close();
    assertThat(source.next()).isEmpty();
  }
}
