package io.netgear.video.javacv;

import static io.netgear.video.javacv.RandomFrames.packedBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.PixelFormat;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColorConversionTest {
  private static final Map<String, Integer> CODES =
      Map.ofEntries(
          Map.entry("COLOR_BGR2BGRA", opencv_imgproc.COLOR_BGR2BGRA),
          Map.entry("COLOR_BGRA2BGR", opencv_imgproc.COLOR_BGRA2BGR),
          Map.entry("COLOR_BGR2RGBA", opencv_imgproc.COLOR_BGR2RGBA),
          Map.entry("COLOR_RGBA2BGR", opencv_imgproc.COLOR_RGBA2BGR),
          Map.entry("COLOR_BGR2RGB", opencv_imgproc.COLOR_BGR2RGB),
          Map.entry("COLOR_RGB2BGR", opencv_imgproc.COLOR_RGB2BGR),
          Map.entry("COLOR_BGRA2RGBA", opencv_imgproc.COLOR_BGRA2RGBA),
          Map.entry("COLOR_BGR2GRAY", opencv_imgproc.COLOR_BGR2GRAY),
          Map.entry("COLOR_RGB2GRAY", opencv_imgproc.COLOR_RGB2GRAY),
          Map.entry("COLOR_GRAY2BGR", opencv_imgproc.COLOR_GRAY2BGR),
          Map.entry("COLOR_GRAY2BGRA", opencv_imgproc.COLOR_GRAY2BGRA),
          Map.entry("COLOR_BGRA2GRAY", opencv_imgproc.COLOR_BGRA2GRAY),
          Map.entry("COLOR_RGBA2GRAY", opencv_imgproc.COLOR_RGBA2GRAY));

  static java.util.Set<String> names() {
    return CODES.keySet();
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("names")
  void shouldGiveTheSameBytesAsOpenCv(String name) {
    ColorConversion conversion = ColorConversion.parse(name);
    Frame in = RandomFrames.of(509, 211, conversion.from(), 7);
    Frame out = conversion.convert(in);
    try (Mat source = MatFrames.mat(in);
        Mat target = new Mat()) {
      opencv_imgproc.cvtColor(source, target, CODES.get(name));
      assertThat(packedBytes(out)).isEqualTo(packedBytes(MatFrames.frame(target, conversion.to())));
    }
    assertThat(conversion.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"bgr2gray,BGR,GRAY", "COLOR_bgr2XRGB,BGR,XRGB", " RGB2CMYK ,RGB,CMYK"})
  void shouldReadNamesInAnyCaseAndWithoutPrefix(String name, PixelFormat from, PixelFormat to) {
    assertThat(ColorConversion.parse(name)).isEqualTo(new ColorConversion(from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"COLOR_BGR2HSV", "COLOR_YUV2BGR_NV12", "GRAY", "", "2", "COLOR_BGR2"})
  void shouldListWhatThereIsWhenANameIsUnknown(String name) {
    assertThatThrownBy(() -> ColorConversion.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining("COLOR_BGR2GRAY")
        .hasMessageContaining("CMYK");
  }

  @Test
  void shouldBringEveryFormatThroughEveryOtherThatKeepsColour() {
    for (PixelFormat from : PixelFormat.values()) {
      for (PixelFormat to : PixelFormat.values()) {
        if (to == PixelFormat.GRAY || to == PixelFormat.CMYK || from == PixelFormat.CMYK) {
          continue;
        }
        Frame picture = Frame.allocate(io.netgear.FrameFormat.of(64, 48, from));
        TestPattern.fill(picture, 3);
        Frame there = new ColorConversion(from, to).convert(picture);
        if (from != PixelFormat.GRAY) {
          assertThat(TestPattern.compare(there, 3).exact()).as(from + " to " + to).isTrue();
        }
        assertThat(packedBytes(new ColorConversion(to, from).convert(there)))
            .as(from + " by way of " + to)
            .isEqualTo(packedBytes(picture));
      }
    }
  }

  @Test
  void shouldKeepAlphaWhereBothHaveIt() {
    Frame in = RandomFrames.of(9, 5, PixelFormat.BGRA, 0);
    assertThat(new ColorConversion(PixelFormat.BGRA, PixelFormat.ARGB).convert(in).pixels().get(0))
        .isEqualTo(in.pixels().get(3));
    assertThat(new ColorConversion(PixelFormat.BGRA, PixelFormat.BGRX).convert(in).pixels().get(3))
        .isEqualTo((byte) 255);
  }

  @Test
  void shouldComeBackFromCmykWithinOneStep() {
    Frame in = RandomFrames.of(97, 31, PixelFormat.RGB, 0);
    Frame cmyk = new ColorConversion(PixelFormat.RGB, PixelFormat.CMYK).convert(in);
    Frame back = new ColorConversion(PixelFormat.CMYK, PixelFormat.RGB).convert(cmyk);
    byte[] before = packedBytes(in);
    byte[] after = packedBytes(back);
    for (int i = 0; i < before.length; i++) {
      assertThat(Math.abs((before[i] & 255) - (after[i] & 255))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void shouldRefuseAFrameWithOtherPixelsThanTheNameSays() {
    Frame gray = RandomFrames.of(9, 5, PixelFormat.GRAY, 0);
    assertThatThrownBy(() -> ColorConversion.parse("COLOR_BGR2RGB").convert(gray))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("COLOR_BGR2RGB reads pixels of 3 bytes, the frame is 9x5 GRAY");
  }
}
