package io.netgear.video.javacv;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must work, and start fast, where JavaCV is not even there. */
class PlainJavaTest {
  /** Runs in a JVM of its own, without JavaCV. */
  static final class Program {
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      SourceOptions options =
          SourceOptions.defaults().framesPerSecond(0).reducer(50).pixelFormat(PixelFormat.RGBA);
      try (FrameSource source = FrameSources.open("test:640x480", options);
          JpegRecorder recorder = JpegRecorder.open(folder)) {
        Frame frame = source.next().orElseThrow();
        TerminalViewer.renderTo(new StringBuilder(), frame, 80, 24, true);
        javax.imageio.ImageIO.write(
            ImageFrames.image(
                new ColorConversion(PixelFormat.RGBA, PixelFormat.BGR).convert(frame)),
            "jpg",
            folder.resolve("one.jpg").toFile());
        recorder.write(
            ByteBuffer.wrap(Files.readAllBytes(folder.resolve("one.jpg"))), Instant.now());
      }
      try (FrameSource source = FrameSources.open(folder.toString())) {
        System.out.println("read " + source.format());
      }
    }
  }

  @Test
  void shouldNeedNoJavaCvForThePatternPicturesScalingAndTheTerminal(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<Path> bare =
        ChildJvm.classPath().stream()
            .filter(path -> !path.toString().contains("bytedeco"))
            .filter(path -> !path.toString().contains("openjfx"))
            .toList();
    assertThat(bare).hasSizeLessThan(ChildJvm.classPath().size() - 5);
    ChildJvm.Result result =
        ChildJvm.run(
            List.of("-cp", ChildJvm.join(bare), Program.class.getName(), folder.toString()));
    assertThat(result.output()).contains("read 320x240 BGR");
    assertThat(result.status()).isZero();
  }
}
