package io.netgear.video.javacv;

import static io.netgear.video.javacv.RandomFrames.packedBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.math.BigInteger;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameScalerTest {
  @ParameterizedTest
  @CsvSource({"40,30,32,24", "41,29,17,11", "37,23,1,1", "50,20,50,7", "97,13,13,13", "8,8,4,4"})
  void shouldAverageTheCoveredAreaExactly(int width, int height, int newWidth, int newHeight) {
    Frame in = RandomFrames.of(width, height, PixelFormat.BGR, 5);
    Frame out = FrameScaler.to(newWidth, newHeight).scale(in);
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        for (int c = 0; c < 3; c++) {
          assertThat(out.pixels().get((y * newWidth + x) * 3 + c) & 255)
              .as("%s,%s channel %s", x, y, c)
              .isEqualTo(average(in, x, y, c, newWidth, newHeight));
        }
      }
    }
  }

  /** In a grid so fine that both pictures' borders fall on it. */
  private static int average(Frame in, int x, int y, int c, int newWidth, int newHeight) {
    int width = in.format().width();
    int height = in.format().height();
    BigInteger sum = BigInteger.ZERO;
    for (int v = y * height; v < (y + 1) * height; v++) {
      long row = 0;
      for (int u = x * width; u < (x + 1) * width; u++) {
        int at = v / newHeight * in.format().stride() + u / newWidth * 3 + c;
        row += in.pixels().get(at) & 255;
      }
      sum = sum.add(BigInteger.valueOf(row));
    }
    long area = (long) width * height;
    return sum.add(BigInteger.valueOf(area / 2)).divide(BigInteger.valueOf(area)).intValueExact();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 33, 50, 70})
  void shouldBeWithinOneStepOfOpenCvsAreaInterpolation(int percentage) {
    Frame in = RandomFrames.of(320, 180, PixelFormat.BGRA, 0);
    Frame out = FrameScaler.reduce(in, percentage);
    try (Mat source = MatFrames.mat(in);
        Mat target = new Mat();
        Size size = new Size(out.format().width(), out.format().height())) {
      opencv_imgproc.resize(source, target, size, 0, 0, opencv_imgproc.INTER_AREA);
      assertWithinOne(out, MatFrames.frame(target, PixelFormat.BGRA));
    }
  }

  @Test
  void shouldBeWithinOneStepOfOpenCvsLinearInterpolationWhenEnlarging() {
    Frame in = RandomFrames.of(61, 47, PixelFormat.BGR, 0);
    Frame out = FrameScaler.percent(250).scale(in);
    assertThat(out.format()).isEqualTo(FrameFormat.of(152, 117, PixelFormat.BGR));
    try (Mat source = MatFrames.mat(in);
        Mat target = new Mat();
        Size size = new Size(152, 117)) {
      opencv_imgproc.resize(source, target, size, 0, 0, opencv_imgproc.INTER_LINEAR);
      assertWithinOne(out, MatFrames.frame(target, PixelFormat.BGR));
    }
  }

  private static void assertWithinOne(Frame actual, Frame expected) {
    assertThat(actual.format().packed()).isEqualTo(expected.format().packed());
    byte[] a = packedBytes(actual);
    byte[] b = packedBytes(expected);
    for (int i = 0; i < a.length; i++) {
      assertThat(Math.abs((a[i] & 255) - (b[i] & 255))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void shouldReduceAsThePythonHelperDoes() {
    assertThat(reduced(1920, 1080, 20)).isEqualTo(FrameFormat.of(1536, 864, PixelFormat.GRAY));
    assertThat(reduced(768, 432, 33)).isEqualTo(FrameFormat.of(514, 289, PixelFormat.GRAY));
    assertThat(reduced(3, 1, 90)).isEqualTo(FrameFormat.of(1, 1, PixelFormat.GRAY));
  }

  private static FrameFormat reduced(int width, int height, double percentage) {
    return FrameScaler.reducer(percentage)
        .outputFormat(FrameFormat.of(width, height, PixelFormat.GRAY));
  }

  @Test
  void shouldKeepUpWithChangingSizes() {
    FrameScaler scaler = FrameScaler.reducer(50);
    for (int side : new int[] {64, 10, 64, 33}) {
      Frame in = RandomFrames.of(side, side, PixelFormat.GRAY, 1);
      assertThat(packedBytes(scaler.scale(in)))
          .isEqualTo(packedBytes(FrameScaler.to(side / 2, side / 2).scale(in)));
    }
  }

  @Test
  void shouldHandTheFrameBackWhenItsSizeIsRight() {
    Frame in = RandomFrames.of(20, 10, PixelFormat.RGB, 3);
    assertThat(FrameScaler.to(20, 10).scale(in)).isSameAs(in);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 95, 100, -5, Double.NaN})
  void shouldRefuseReductionsThatMakeNoSense(double percentage) {
    assertThatThrownBy(() -> FrameScaler.reducer(percentage))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + percentage);
  }
}
