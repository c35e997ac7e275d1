package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.Summary;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Frames kept by the receiver: the very JPEGs that came, not made anew. */
class SaveIT {
  private static final int FRAMES = 20;

  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path folder;

  @Test
  void shouldKeepEachJpegInAFolder() throws IOException {
    Path target = folder.resolve("frames");
    Summary received = record(target);

    List<byte[]> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.sorted().toList()) {
        assertThat(file.getFileName().toString()).endsWith(".jpg");
        pictures.add(Files.readAllBytes(file));
      }
    }
    assertAreThoseThatCame(pictures, received);
  }

  @Test
  void shouldKeepEachJpegInAnAvi() throws IOException {
    Path target = folder.resolve("film.avi");
    Summary received = record(target);

    assertAreThoseThatCame(chunks(Files.readAllBytes(target)), received);
  }

  @Test
  void shouldSayThatAFileCannotBeWritten() {
    String complaint =
        programs
            .netgear("recv", "--port", "0", "--save", "/proc/nowhere/film.avi")
            .awaitComplaint(1);

    assertThat(complaint).contains("/proc/nowhere");
  }

  private Summary record(Path target) {
    Receiver receiver = programs.receiver("--check", "test", "--save", target.toString());
    programs
        .sender(
            receiver,
            "--source",
            "test:320x240@100",
            "--frames",
            Integer.toString(FRAMES),
            "--quality",
            "75")
        .awaitSummary()
        .assertEnded("limit");
    Summary received = receiver.awaitSummary().assertEnded("goodbye").assertWholePattern(FRAMES);
    assertThat(received.count("saved")).isEqualTo(FRAMES);
    return received;
  }

  private static void assertAreThoseThatCame(List<byte[]> pictures, Summary received)
      throws IOException {
    assertThat(pictures.size()).isEqualTo(FRAMES);
    assertThat(pictures.stream().mapToLong(picture -> picture.length).sum())
        .isEqualTo(received.count("bytes"));
    for (byte[] picture : pictures) {
      BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(picture));
      assertThat(List.of(decoded.getWidth(), decoded.getHeight())).containsExactly(320, 240);
    }
    assertThat(Arrays.equals(pictures.get(0), pictures.get(1))).isFalse();
  }

  /**
   * The pictures of an AVI: each chunk {@code 00dc} with its size before it, even-aligned. An empty
   * one keeps the last picture for longer.
   */
  private static List<byte[]> chunks(byte[] avi) {
    ByteBuffer file = ByteBuffer.wrap(avi).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(name(file, 0)).isEqualTo("RIFF");
    assertThat(name(file, 8)).isEqualTo("AVI ");
    List<byte[]> chunks = new ArrayList<>();
    collect(file, 12, avi.length, chunks);
    return chunks;
  }

  private static void collect(ByteBuffer file, int from, int to, List<byte[]> chunks) {
    for (int at = from; at + 8 <= to; ) {
      String name = name(file, at);
      int size = file.getInt(at + 4);
      if (name.equals("LIST")) {
        collect(file, at + 12, at + 8 + size, chunks);
      } else if (name.equals("00dc") && size > 0) {
        byte[] chunk = new byte[size];
        file.get(at + 8, chunk);
        chunks.add(chunk);
      }
      at += 8 + size + size % 2;
    }
  }

  private static String name(ByteBuffer file, int at) {
    byte[] name = new byte[4];
    file.get(at, name);
    return new String(name, StandardCharsets.US_ASCII);
  }
}
