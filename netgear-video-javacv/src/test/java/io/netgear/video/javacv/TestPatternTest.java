package io.netgear.video.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestPatternTest {
  private static final long[] NUMBERS = {0, 1, 2, 85, 511, 512, 4660, 65_535, 65_536, 1_000_003};

  private static int tri(long t) {
    long u = t % 512;
    return (int) (u < 256 ? u : 511 - u);
  }

  /** The channel called {@code channel}, straight from the definition. */
  private static int expected(PixelFormat format, char channel, int x, int y, long k) {
    if (channel == 'X' || channel == 'A') {
      return 255;
    }
    if (y < 16 && x < 256) {
      return (k % 65_536 >> (x / 16) & 1) == 1 ? 255 : 0;
    }
    if (format == PixelFormat.CMYK) {
      channel = "BGRK".charAt("CMYK".indexOf(channel));
    }
    return switch (channel) {
      case 'B' -> tri(x + 2 * k);
      case 'G' -> tri(y + 3 * k);
      case 'R' -> tri(x + y + 5 * k);
      case 'K' -> tri(x + 2L * y + 7 * k);
      default -> throw new AssertionError(channel);
    };
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldPaintWhatTheDefinitionSaysInEveryColourSpaceAndStride(PixelFormat format) {
    String channels = format == PixelFormat.GRAY ? "B" : format.name();
    FrameFormat packed = FrameFormat.of(301, 67, format);
    Frame frame = Frame.allocate(packed.withStride(packed.rowBytes() + 13));
    for (long k : NUMBERS) {
      TestPattern.fill(frame, k);
      for (int y = 0; y < 67; y++) {
        for (int x = 0; x < 301; x++) {
          for (int c = 0; c < channels.length(); c++) {
            int at = y * frame.format().stride() + x * channels.length() + c;
            if ((frame.pixels().get(at) & 255) != expected(format, channels.charAt(c), x, y, k)) {
              assertThat(frame.pixels().get(at) & 255)
                  .as("%s frame %s at %s,%s channel %s", format, k, x, y, channels.charAt(c))
                  .isEqualTo(expected(format, channels.charAt(c), x, y, k));
            }
          }
        }
      }
      assertThat(TestPattern.compare(frame, k).exact()).isTrue();
      assertThat(TestPattern.number(frame)).hasValue((int) (k % 65_536));
    }
  }

  @Test
  void shouldMeasureHowFarAFrameIsFromThePattern() {
    Frame frame = Frame.allocate(FrameFormat.of(320, 240, PixelFormat.BGRX));
    TestPattern.fill(frame, 7);
    assertThat(TestPattern.compare(frame, 7))
        .isEqualTo(new TestPattern.Comparison(true, Double.POSITIVE_INFINITY, 0));

    int at = 100 * frame.format().stride() + 400;
    frame.pixels().put(at, (byte) (frame.pixels().get(at) + 10));
    TestPattern.Comparison changed = TestPattern.compare(frame, 7);
    assertThat(changed.exact()).isFalse();
    assertThat(changed.largestDifference()).isIn(10, 246);
    double mean = changed.largestDifference() * changed.largestDifference() / (320.0 * 240 * 3);
    assertThat(changed.psnr())
        .isCloseTo(10 * Math.log10(255 * 255 / mean), org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void shouldCountWrongFillerAsInexactButNotAsNoise() {
    Frame frame = Frame.allocate(FrameFormat.of(320, 240, PixelFormat.BGRX));
    TestPattern.fill(frame, 7);
    frame.pixels().put(3, (byte) 0);
    assertThat(TestPattern.compare(frame, 7))
        .isEqualTo(new TestPattern.Comparison(false, Double.POSITIVE_INFINITY, 0));
  }

  @Test
  void shouldReadTheNumberFromAJpeg() throws IOException {
    Frame frame = Frame.allocate(FrameFormat.of(320, 96, PixelFormat.BGR));
    for (long k : NUMBERS) {
      TestPattern.fill(frame, k);
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(ImageFrames.image(frame), "jpg", jpeg);
      BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(jpeg.toByteArray()));
      Frame arrived = ImageFrames.frame(decoded);
      assertThat(TestPattern.number(arrived)).hasValue((int) (k % 65_536));
      assertThat(TestPattern.compare(arrived, k).psnr()).isBetween(25.0, 60.0);
      assertThat(TestPattern.compare(arrived, k + 40).psnr()).isLessThan(20);
    }
  }

  @Test
  void shouldFindNoNumberInOtherPictures() {
    assertThat(TestPattern.number(Frame.allocate(FrameFormat.of(255, 16, PixelFormat.GRAY))))
        .isEmpty();
    Frame gray = Frame.allocate(FrameFormat.of(256, 16, PixelFormat.GRAY));
    for (int i = 0; i < gray.format().byteSize(); i++) {
      gray.pixels().put(i, (byte) 128);
    }
    assertThat(TestPattern.number(gray)).isEmpty();
  }

  @Test
  void shouldRefuseAnArray() {
    Frame array = Frame.allocate(FrameFormat.array(ElementType.FLOAT32, 4, 4));
    assertThatThrownBy(() -> TestPattern.fill(array, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("float32[4, 4]");
  }
}
