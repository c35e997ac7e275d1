package io.netgear.video.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalViewerTest {
  private static final String ESC = "\u001b[";

  /** Two by two: red, green; blue, white. */
  private static Frame four() {
    byte[] rgb = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, -1, -1, -1};
    return Frame.copyOf(FrameFormat.of(2, 2, PixelFormat.RGB), rgb);
  }

  private static String render(Frame frame, int columns, int rows, boolean trueColor)
      throws IOException {
    StringBuilder out = new StringBuilder();
    TerminalViewer.renderTo(out, frame, columns, rows, trueColor);
    return out.toString();
  }

  @Test
  void shouldShowTwoPixelsInEachCell() throws IOException {
    assertThat(render(four(), 2, 1, true))
        .isEqualTo(
            ESC
                + "38;2;255;0;0m"
                + ESC
                + "48;2;0;0;255m\u2580"
                + ESC
                + "38;2;0;255;0m"
                + ESC
                + "48;2;255;255;255m\u2580"
                + ESC
                + "0m\n");
  }

  @Test
  void shouldRefuseATerminalThatSaysThatItKnowsNothing() {
    assertThatThrownBy(() -> Terminal.open("dumb"))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("TERM=dumb");
  }

  @Test
  void shouldUseTheNearestOf256Colours() throws IOException {
    assertThat(render(four(), 2, 1, false))
        .isEqualTo(
            ESC
                + "38;5;196m"
                + ESC
                + "48;5;21m\u2580"
                + ESC
                + "38;5;46m"
                + ESC
                + "48;5;231m\u2580"
                + ESC
                + "0m\n");
    assertThat(HalfBlocks.indexed(0, 0, 0)).isEqualTo(16);
    assertThat(HalfBlocks.indexed(128, 128, 128)).isEqualTo(244);
    assertThat(HalfBlocks.indexed(96, 175, 214)).isEqualTo(16 + 36 + 6 * 3 + 4);
  }

  @Test
  void shouldFitThePictureIntoTheTerminalAndKeepItsShape() throws IOException {
    for (PixelFormat pixels : PixelFormat.values()) {
      Frame frame = Frame.allocate(FrameFormat.of(1280, 720, pixels));
      TestPattern.fill(frame, 1);
      String[] lines = render(frame, 80, 60, true).split("\n");
      assertThat(lines).hasSize(23); // 80 x 45 pixels
      assertThat(Arrays.stream(lines).map(TerminalViewerTest::cells)).containsOnly(80L);
      lines = render(frame, 200, 9, true).split("\n");
      assertThat(lines).hasSize(9);
      assertThat(cells(lines[0])).isEqualTo(32);
    }
  }

  private static long cells(String line) {
    return line.chars().filter(c -> c == '\u2580').count();
  }

  @Test
  void shouldRenderAnyShapeInTheSmallestTerminal() throws IOException {
    assertThat(render(Frame.allocate(FrameFormat.of(5000, 1, PixelFormat.GRAY)), 3, 1, true))
        .contains("\u2580\u2580\u2580");
    assertThat(cells(render(Frame.allocate(FrameFormat.of(1, 5000, PixelFormat.GRAY)), 3, 2, true)))
        .isEqualTo(2);
    assertThatThrownBy(() -> render(four(), 0, 5, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0x5");
  }

  /** Runs in a JVM of its own, which has a terminal or has none. */
  static final class Program {
    public static void main(String[] arguments) {
      Frame frame = Frame.allocate(FrameFormat.of(320, 180, PixelFormat.BGR));
      TestPattern.fill(frame, 1);
      TerminalViewer viewer = TerminalViewer.open(1000);
      for (int i = 0; i < 200_000 && i < Integer.parseInt(arguments[0]); i++) {
        viewer.show(frame, "caption " + i);
        Thread.onSpinWait();
      }
      if (arguments[1].equals("close")) {
        viewer.close();
        viewer.close();
        viewer.show(frame, "after the end");
        if (isTerminalOpen()) {
          System.exit(3);
        }
      }
    }

    private static boolean isTerminalOpen() {
      File[] open = new File("/proc/self/fd").listFiles();
      return open != null && Arrays.stream(open).anyMatch(Program::isTerminal);
    }

    private static boolean isTerminal(File descriptor) {
      try {
        return Files.readSymbolicLink(descriptor.toPath()).equals(Path.of("/dev/tty"));
      } catch (IOException e) { // closed while we looked
        return false;
      }
    }
  }

  @Test
  void shouldPutTheTerminalBackAlsoWhenNobodyCloses() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script(1) to give a terminal");
    for (String end : List.of("close", "exit")) {
      String program =
          String.join(
              " ",
              "stty cols 60 rows 20;",
              ChildJvm.java(),
              "-cp",
              ChildJvm.join(ChildJvm.classPath()),
              "'" + Program.class.getName() + "'",
              "5000",
              end);
      ProcessBuilder builder =
          new ProcessBuilder("/usr/bin/script", "-qec", program, "/dev/null")
              .redirectInput(new File("/dev/null")); // a pipe that ends would hang up on it
      builder.environment().putAll(Map.of("COLORTERM", "truecolor", "TERM", "xterm-256color"));
      ChildJvm.Result result = ChildJvm.execute(builder);
      assertThat(result.status()).as(result.output()).isZero();
      String output = result.output();
      assertThat(output).contains(ESC + "?1049h" + ESC + "?25l");
      assertThat(output).contains(ESC + "H" + ESC + "38;2;");
      assertThat(output).contains("caption 0").doesNotContain("after the end");
      assertThat(output.stripTrailing()).endsWith(ESC + "0m" + ESC + "?25h" + ESC + "?1049l");
      String picture = output.substring(output.indexOf(ESC + "H"), output.indexOf("caption 0"));
      assertThat(
              picture
                  .substring(0, picture.indexOf('\r'))
                  .chars()
                  .filter(c -> c == '\u2580')
                  .count())
          .isEqualTo(60);
    }
  }

  @Test
  void shouldSayThatThereIsNoTerminal() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "no setsid(1) to take it away");
    ChildJvm.Result result =
        ChildJvm.execute(
            new ProcessBuilder(
                "/usr/bin/setsid",
                "-w",
                ChildJvm.java(),
                "-cp",
                ChildJvm.join(ChildJvm.classPath()),
                Program.class.getName(),
                "1",
                "close"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .contains("VideoException: There is no terminal to show pictures in");
  }
}
