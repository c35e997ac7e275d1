package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.CodecException;
import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class TurboJpegCodecTest {
  private final FrameCodec codec = new TurboJpegCodec();

  @Test
  void shouldBeFoundByServiceLoader() {
    getClass().getModule().addUses(FrameCodec.class);
    assertThat(ServiceLoader.load(FrameCodec.class))
        .anySatisfy(found -> assertThat(found).isInstanceOf(TurboJpegCodec.class));
  }

  @Test
  void shouldSayWhichLibraryRunsAndThatSimdIsOn() {
    assertThat(codec.availability().available()).as(codec.availability().detail()).isTrue();
    assertThat(codec.availability().detail()).contains("libjpeg-turbo 3.1.3", "SIMD on");
    assertThat(NativeJpeg.simd()).isEqualTo(1);
  }

  @Test
  void shouldGiveBackThePictureThatItEncoded() {
    FrameFormat format = FrameFormat.of(37, 21, PixelFormat.BGR);
    Frame picture = Pictures.smooth(format);
    Encoding encoding = Encoding.jpeg(PixelFormat.BGR, false, false);
    try (FrameEncoder encoder =
            codec.encoder(options(Jpeg.defaults().subsampling(Subsampling.S444)));
        FrameDecoder decoder = codec.decoder(CodecOptions.defaults())) {
      ByteBuffer jpeg = Pictures.encode(encoder, picture);
      assertThat(decoder.probe(jpeg, encoding)).isEqualTo(format);
      Frame decoded = Frame.allocate(format);
      decoder.decode(jpeg, encoding, decoded);
      assertThat(Pictures.psnr(picture, decoded)).isGreaterThan(35);
    }
  }

  @Test
  void shouldRefuseAnArrayThatIsNoPicture() {
    try (FrameEncoder encoder = codec.encoder(CodecOptions.defaults())) {
      FrameFormat array = FrameFormat.array(ElementType.FLOAT32, 4, 4);
      assertThatThrownBy(() -> encoder.maxEncodedBytes(array))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("float32[4, 4] is an array");
    }
  }

  private static CodecOptions options(Jpeg jpeg) {
    return new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS);
  }
}
