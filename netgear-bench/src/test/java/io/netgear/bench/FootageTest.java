package io.netgear.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pictures that are measured. */
class FootageTest {
  private static final PictureSize SIZE = new PictureSize(320, 240);

  @ParameterizedTest
  @CsvSource({"0, 240", "10, 224", "50, 128", "90, 32", "100, 0"})
  void shouldChangeTheUppermostRowsAlone(int percent, int changedRows) {
    List<Frame> frames = Footage.partlyUnchanged(SIZE, percent);

    assertThat(frames).hasSize(Footage.FRAMES);
    for (int k = 0; k < frames.size(); k++) {
      Frame frame = frames.get(k);
      Frame before = frames.get((k + frames.size() - 1) % frames.size());
      int changed = 0;
      for (int y = 0; y < SIZE.height(); y++) {
        boolean same = row(frame, y).equals(row(before, y));
        assertThat(same || y < changedRows).as("row " + y).isTrue();
        changed += same ? 0 : 1;
      }
      // A row may happen to be the same.
      assertThat(changed).isBetween(changedRows / 2, changedRows);
    }
  }

  @Test
  void shouldHavePicturesOfTheSizeAndFormatAskedFor() {
    assertThat(Footage.frames(SIZE, PixelFormat.GRAY))
        .hasSize(Footage.FRAMES)
        .allSatisfy(frame -> assertThat(frame.format().toString()).contains("320x240", "GRAY"));
  }

  @Test
  void shouldTellWhatDoesNotMove(@TempDir Path folder) throws IOException {
    assertThat(Footage.percentUnchanged(SIZE)).isZero();
    Path still = folder.resolve("still.png");
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR), "png", still.toFile());
    System.setProperty(Footage.SOURCE_PROPERTY, still.toString());
    try {
      assertThat(Footage.percentUnchanged(new PictureSize(318, 238))).isEqualTo(100);
    } finally {
      System.clearProperty(Footage.SOURCE_PROPERTY);
    }
  }

  private static ByteBuffer row(Frame frame, int y) {
    int stride = frame.format().stride();
    return frame.pixels().duplicate().position(y * stride).limit((y + 1) * stride);
  }
}
