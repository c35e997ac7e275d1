package io.netgear.video.javacv;

import static io.netgear.video.javacv.RandomFrames.packedBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptersTest {
  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldCopyAPictureToAnImageAndBack(PixelFormat pixels) {
    Frame frame = Frame.allocate(FrameFormat.of(80, 40, pixels).withStride(400));
    TestPattern.fill(frame, 9);
    BufferedImage image = ImageFrames.image(frame);
    Frame back = Frame.allocate(FrameFormat.of(80, 40, pixels));
    ImageFrames.copy(image, back);
    if (pixels == PixelFormat.CMYK) {
      assertThat(packedBytes(back)).isNotEqualTo(new byte[back.format().byteSize()]);
    } else {
      assertThat(TestPattern.compare(back, 9).exact()).isTrue();
    }
    if (pixels != PixelFormat.GRAY && pixels != PixelFormat.CMYK) {
      PixelLayout layout = PixelLayout.of(pixels);
      int at = 30 * 400 + 20 * pixels.bytesPerPixel();
      Color color = new Color(image.getRGB(20, 30));
      assertThat((byte) color.getRed()).isEqualTo(frame.pixels().get(at + layout.red()));
      assertThat((byte) color.getGreen()).isEqualTo(frame.pixels().get(at + layout.green()));
      assertThat((byte) color.getBlue()).isEqualTo(frame.pixels().get(at + layout.blue()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void shouldCopyToAndFromEveryUsualTypeOfImage(int type) {
    Frame frame = Frame.allocate(FrameFormat.of(80, 40, PixelFormat.RGB));
    TestPattern.fill(frame, 5);
    BufferedImage image = new BufferedImage(80, 40, type);
    ImageFrames.copy(frame, image);
    Frame back = ImageFrames.frame(image);
    assertThat(back.format().pixelFormat())
        .isEqualTo(image.getColorModel().hasAlpha() ? PixelFormat.ABGR : PixelFormat.BGR);
    assertThat(TestPattern.compare(back, 5).exact()).isTrue();
  }

  @Test
  void shouldCopyAPartOfAnImage() {
    Frame frame = RandomFrames.of(64, 48, PixelFormat.BGR, 0);
    BufferedImage part = ImageFrames.image(frame).getSubimage(10, 20, 30, 15);
    Frame cropped =
        Frame.wrap(
            FrameFormat.of(30, 15, PixelFormat.BGR).withStride(192),
            frame.pixels().duplicate().position(20 * 192 + 30).limit(34 * 192 + 30 + 90));
    assertThat(packedBytes(ImageFrames.frame(part))).isEqualTo(packedBytes(cropped));
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldShareMemoryWithAViewWhereJavaHasAColourModel(PixelFormat pixels) throws IOException {
    FrameFormat packed = FrameFormat.of(40, 20, pixels);
    Frame frame = Frame.allocate(packed.withStride(packed.rowBytes() + 6));
    TestPattern.fill(frame, 1);
    if (pixels == PixelFormat.CMYK) {
      assertThatThrownBy(() -> ImageFrames.view(frame))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("COLOR_CMYK2BGR");
      return;
    }
    BufferedImage view = ImageFrames.view(frame);
    assertThat(packedBytes(ImageFrames.frame(view)))
        .isEqualTo(packedBytes(ImageFrames.frame(ImageFrames.image(frame))));

    ByteArrayOutputStream png = new ByteArrayOutputStream();
    assertThat(ImageIO.write(view, "png", png)).isTrue();
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    Frame back = Frame.allocate(packed);
    ImageFrames.copy(read, back);
    assertThat(TestPattern.compare(back, 1).exact()).isTrue();

    var graphics = view.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(3, 18, 1, 1);
    graphics.dispose();
    int at = 18 * frame.format().stride() + 3 * pixels.bytesPerPixel();
    for (int c = 0; c < pixels.bytesPerPixel(); c++) {
      assertThat(frame.pixels().get(at + c)).as("channel %s", c).isEqualTo((byte) 255);
    }
  }

  @Test
  void shouldRefuseAnImageOfAnotherSize() {
    Frame frame = RandomFrames.of(64, 48, PixelFormat.BGR, 0);
    assertThatThrownBy(
            () -> ImageFrames.copy(frame, new BufferedImage(64, 47, BufferedImage.TYPE_INT_RGB)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64x48 BGR")
        .hasMessageContaining("64x47");
  }

  @Test
  void shouldShareMemoryWithAMatInBothDirections() {
    for (PixelFormat pixels : EnumSet.of(PixelFormat.GRAY, PixelFormat.BGR, PixelFormat.ARGB)) {
      Frame frame = RandomFrames.of(33, 21, pixels, 5);
      try (Mat mat = MatFrames.mat(frame)) {
        assertThat(mat.cols()).isEqualTo(33);
        assertThat(mat.rows()).isEqualTo(21);
        assertThat(mat.step()).isEqualTo(frame.format().stride());
        frame.pixels().put(0, (byte) 77);
        assertThat(mat.data().get(0)).isEqualTo((byte) 77);

        Frame again = MatFrames.frame(mat, pixels);
        assertThat(again.format()).isEqualTo(frame.format());
        again.pixels().put(1, (byte) 78);
        assertThat(frame.pixels().get(1)).isEqualTo((byte) 78);
        assertThat(packedBytes(again)).isEqualTo(packedBytes(frame));
      }
    }
  }

  @Test
  void shouldWrapAPartOfAMatWithItsStride() {
    Frame frame = RandomFrames.of(64, 48, PixelFormat.BGR, 0);
    try (Mat mat = MatFrames.mat(frame);
        Rect rectangle = new Rect(10, 20, 30, 15);
        Mat part = mat.apply(rectangle)) {
      Frame cropped = MatFrames.frame(part);
      assertThat(cropped.format())
          .isEqualTo(FrameFormat.of(30, 15, PixelFormat.BGR).withStride(192));
      assertThat(cropped.pixels().get(0)).isEqualTo(frame.pixels().get(20 * 192 + 30));
      cropped.pixels().put(14 * 192 + 89, (byte) 42);
      assertThat(frame.pixels().get(34 * 192 + 30 + 89)).isEqualTo((byte) 42);
    }
  }

  @Test
  void shouldKeepTheMemoryOfAFrameAliveInAMat() {
    Mat[] mats = new Mat[20];
    for (int i = 0; i < mats.length; i++) {
      Frame frame = Frame.allocate(FrameFormat.of(1024, 1024, PixelFormat.GRAY));
      frame.pixels().put(5, (byte) i);
      mats[i] = MatFrames.mat(frame);
    }
    System.gc();
    for (int i = 0; i < mats.length; i++) {
      Frame.allocate(FrameFormat.of(1024, 1024, PixelFormat.GRAY)).pixels().put(5, (byte) 99);
      assertThat(mats[i].data().get(5)).isEqualTo((byte) i);
      mats[i].close();
    }
  }

  @Test
  void shouldRefuseAMatThatIsNoPictureOfBytes() {
    try (Mat floats = new Mat(4, 4, opencv_core.CV_32FC1);
        Mat empty = new Mat();
        Mat two = new Mat(4, 4, opencv_core.CV_8UC2)) {
      assertThatThrownBy(() -> MatFrames.frame(floats))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("CV_8UC1");
      assertThatThrownBy(() -> MatFrames.frame(two))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the Mat has 2");
      assertThatThrownBy(() -> MatFrames.frame(empty))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("empty");
    }
  }

  @Test
  void shouldShareMemoryWithJavaCvInBothDirections() {
    Frame frame = RandomFrames.of(33, 21, PixelFormat.BGR, 5);
    try (org.bytedeco.javacv.Frame other = JavaCvFrames.javaCv(frame)) {
      assertThat(other.imageStride).isEqualTo(104);
      Frame back = JavaCvFrames.frame(other);
      assertThat(back.format()).isEqualTo(frame.format());
      back.pixels().put(7, (byte) 42);
      assertThat(frame.pixels().get(7)).isEqualTo((byte) 42);
      assertThat(packedBytes(back)).isEqualTo(packedBytes(frame));
      assertThatThrownBy(() -> JavaCvFrames.frame(other, PixelFormat.GRAY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 channels");
    }
    try (var sound = new org.bytedeco.javacv.Frame()) {
      sound.imageChannels = 3;
      assertThatThrownBy(() -> JavaCvFrames.frame(sound))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no picture");
    }
  }

  @Test
  void shouldRefuseToMakeAnImageOfAnArray() {
    Frame array = Frame.allocate(FrameFormat.array(ElementType.INT16, 4, 4));
    assertThatThrownBy(() -> ImageFrames.image(array)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> MatFrames.mat(array)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> JavaCvFrames.javaCv(array)).isInstanceOf(IllegalStateException.class);
  }
}
