package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files from one process to another; real footage only where the clips are. */
class ClipIT {
  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "walkers-768x432.mp4, 768, 432",
    "flower-720p.264, 1280, 720",
    "street-1080p.264, 1920, 1080",
  })
  void shouldCarryAClip(String name, long width, long height) {
    Receiver receiver = programs.receiver("--pattern", "1");
    Summary sent = send(receiver, name, "--pattern", "1", "--frames", "20");
    Summary received = receiver.awaitSummary().assertEnded("goodbye");

    assertThat(received.value("width")).isEqualTo(width);
    assertThat(received.value("height")).isEqualTo(height);
    assertThat(received.count("frames")).isEqualTo(20).isEqualTo(sent.count("frames"));
    assertThat(received.count("bytes")).isEqualTo(sent.count("bytes"));
    assertThat(received.count("bytes")).isLessThan(20 * width * height * 3 / 3);
  }

  @Test
  void shouldStartAFolderOfPicturesAgainAtItsEnd() throws IOException {
    Receiver receiver = programs.receiver("--frames", "40");
    RunningProgram sender =
        programs.sender(receiver, "--source", pictures(), "--loop", "--fps", "0", "--frames", "40");

    sender.awaitSummary().assertEnded("limit");
    assertThat(receiver.awaitSummary().count("frames")).isEqualTo(40);
  }

  @Test
  void shouldSayGoodbyeAtTheEndOfAFolderOfPictures() throws IOException {
    Receiver receiver = programs.receiver();
    RunningProgram sender =
        programs.sender(receiver, "--source", pictures(), "--fps", "0", "--colorspace", "GRAY");

    sender.awaitSummary().assertEnded("goodbye");
    Summary received = receiver.awaitSummary().assertEnded("goodbye");
    assertThat(received.count("frames")).isEqualTo(3);
    assertThat(received.value("colorspace")).isEqualTo("GRAY");
  }

  private Summary send(Receiver receiver, String clip, String... args) {
    String[] all = new String[args.length + 4];
    all[0] = "--source";
    all[1] = clip(clip).toString();
    all[2] = "--fps";
    all[3] = "0";
    System.arraycopy(args, 0, all, 4, args.length);
    return programs.sender(receiver, all).awaitSummary().assertEnded("limit");
  }

  /** Three small pictures, which come as often as the sender likes. */
  private String pictures() throws IOException {
    for (int i = 0; i < 3; i++) {
      BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
      picture.setRGB(i, i, 0xFFFFFF);
      ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
    }
    return folder.toString();
  }

  private static Path clip(String name) {
    Path clip = Path.of(System.getProperty("netgear.data"), name);
    assumeThat(clip).as("real footage, see README.md").isRegularFile();
    return clip;
  }
}
