package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bit for bit what libjpeg-turbo gives: golden.txt was printed by native/golden.c through the
 * TurboJPEG API of libjpeg-turbo 3.1.3, which shares no code with this module's C file.
 */
class GoldenTest {
  private static final int[][] SIZES = {{1, 1}, {7, 5}, {16, 16}, {17, 33}, {131, 67}, {3, 300}};
  private static final int[] QUALITIES = {20, 50, 90, 97, 100};
  private static final int PADDING = 5;

  private final FrameDecoder[] decoders = {
    decoder(false, false), decoder(false, true), decoder(true, false), decoder(true, true)
  };

  static Stream<String> lines() {
    return new String(Pictures.resource("golden.txt"), StandardCharsets.US_ASCII).lines();
  }

  @Test
  void shouldCoverEveryColourSpaceWithEverySampling() {
    assertThat(lines().map(line -> line.substring(0, line.length() - 18)))
        .doesNotHaveDuplicates()
        .hasSize(PixelFormat.values().length * Subsampling.values().length - 1);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void shouldEncodeAndDecodeAsLibjpegTurboDoes(String line) {
    String[] words = line.split(" ", -1);
    PixelFormat pixelFormat = PixelFormat.valueOf(words[0]);
    Subsampling subsampling = Subsampling.of(words[1]).orElseThrow();
    CRC32 jpegs = new CRC32();
    CRC32 pictures = new CRC32();
    for (int[] size : SIZES) {
      Frame frame = Pictures.golden(FrameFormat.of(size[0], size[1], pixelFormat), PADDING);
      for (int quality : QUALITIES) {
        for (boolean fastDct : new boolean[] {false, true}) {
          Jpeg jpeg = Jpeg.defaults().quality(quality).subsampling(subsampling).fastDct(fastDct);
          ByteBuffer encoded = encode(jpeg, frame);
          jpegs.update(encoded.duplicate());
          addDecoded(pictures, encoded, size, pixelFormat);
          if (pixelFormat != PixelFormat.CMYK) {
            addDecoded(pictures, encoded, size, PixelFormat.GRAY);
            addDecoded(pictures, encoded, size, PixelFormat.RGBX);
          }
        }
      }
    }
    assertThat(String.format("%08x", jpegs.getValue())).as("JPEGs").isEqualTo(words[2]);
    assertThat(String.format("%08x", pictures.getValue())).as("pictures").isEqualTo(words[3]);
  }

  private static ByteBuffer encode(Jpeg jpeg, Frame frame) {
    try (FrameEncoder encoder =
        new TurboJpegCodec().encoder(new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS))) {
      return Pictures.encode(encoder, frame);
    }
  }

  private void addDecoded(CRC32 sum, ByteBuffer jpeg, int[] size, PixelFormat pixelFormat) {
    Encoding encoding = Encoding.jpeg(pixelFormat, false, false);
    FrameFormat packed = FrameFormat.of(size[0], size[1], pixelFormat);
    Frame decoded = Frame.allocate(packed.withStride(packed.rowBytes() + PADDING));
    for (FrameDecoder decoder : decoders) {
      decoder.decode(jpeg, encoding, decoded);
      sum.update(Pictures.pixels(decoded));
    }
  }

  private static FrameDecoder decoder(boolean fastDct, boolean fastUpsample) {
    Jpeg jpeg = Jpeg.defaults().fastDct(fastDct).fastUpsample(fastUpsample);
    return new TurboJpegCodec().decoder(new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS));
  }
}
