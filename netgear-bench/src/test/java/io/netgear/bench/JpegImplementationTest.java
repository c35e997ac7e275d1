package io.netgear.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rivals are compared only where they do the same work. */
class JpegImplementationTest {
  private static final PictureSize SIZE = new PictureSize(320, 240);
  private static final Jpeg JPEG = Jpeg.defaults().threads(1).subsampling(Subsampling.S420);

  @ParameterizedTest
  @EnumSource(JpegImplementation.class)
  void shouldMakeJpegsOfTheSameLength(JpegImplementation one) throws Exception {
    assumeTrue(one.missing().isEmpty());
    List<Frame> frames = Footage.frames(SIZE, PixelFormat.BGR);
    List<ByteBuffer> ours = TurboJpegEncoding.jpegs(frames, JPEG);

    try (var encoding = one.encoding(frames, JPEG)) {
      for (int i = 0; i < frames.size(); i++) {
        assertThat((double) encoding.encode(i) / ours.get(i).remaining()).isBetween(0.96, 1.04);
      }
      assertThat(encoding.side().run(0).clockNs()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(JpegImplementation.class)
  void shouldDecodeWhatWeMade(JpegImplementation one) throws Exception {
    assumeTrue(one.missing().isEmpty());
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(Footage.frames(SIZE, PixelFormat.BGR), JPEG);

    try (var decoding = one.decoding(jpegs, SIZE, PixelFormat.BGR, JPEG)) {
      for (int i = 0; i < jpegs.size(); i++) {
        assertThat(decoding.decode(i)).isNotNull();
      }
      assertThat(decoding.side().run(0).clockNs()).isPositive();
    }
  }
}
