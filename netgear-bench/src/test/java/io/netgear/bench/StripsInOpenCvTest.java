package io.netgear.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.opencv.opencv_core.Mat;

/** What OpenCV makes of JPEGs in strips; other decoders are asked where the codec is. */
class StripsInOpenCvTest {
  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void shouldShowOpenCvThePixelsOfASerialEncodersJpeg(
      @ForAll @IntRange(min = 1, max = 150) int width,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll PixelFormat pixels,
      @ForAll Subsampling subsampling,
      @ForAll @IntRange(min = 10, max = 100) int quality,
      @ForAll @IntRange(min = 2, max = 16) int threads,
      @ForAll long seed)
      throws IOException {
    assumeTrue(OpenCv.missing().isEmpty());
    boolean cmyk = pixels == PixelFormat.CMYK && subsampling == Subsampling.GRAY;
    Frame frame = picture(FrameFormat.of(width, height, pixels), new Random(seed));
    Jpeg jpeg = Jpeg.defaults().quality(quality).subsampling(cmyk ? Subsampling.S422 : subsampling);

    assertThat(decoded(frame, jpeg.threads(threads))).isEqualTo(decoded(frame, jpeg.threads(1)));
  }

  private static Frame picture(FrameFormat format, Random random) {
    Frame frame = Frame.allocate(format);
    ByteBuffer bytes = frame.pixels();
    for (int i = 0; i < format.byteSize(); i++) {
      bytes.put(i, (byte) (3 * i + i / format.stride() * 5 + random.nextInt(32)));
    }
    return frame;
  }

  private static byte[] decoded(Frame frame, Jpeg jpeg) throws IOException {
    var size = new PictureSize(frame.format().width(), frame.format().height());
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(List.of(frame), jpeg);
    try (var decoding = OpenCv.decoding(jpegs, size, PixelFormat.BGR)) {
      ByteBuffer pixels = ((Mat) decoding.decode(0)).createBuffer();
      byte[] bytes = new byte[pixels.remaining()];
      pixels.get(bytes);
      assertThat(bytes).hasSize(3 * size.width() * size.height());
      return bytes;
    }
  }
}
