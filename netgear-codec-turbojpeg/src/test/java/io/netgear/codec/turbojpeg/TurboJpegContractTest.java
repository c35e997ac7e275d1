package io.netgear.codec.turbojpeg;

import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.FrameCodec;
import io.netgear.testkit.FrameCodecContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** What every codec must do, with full colour resolution and with ImageIO as the second opinion. */
class TurboJpegContractTest implements FrameCodecContract {
  @Override
  public FrameCodec codec() {
    return new TurboJpegCodec();
  }

  @Override
  public CodecOptions options() {
    Jpeg jpeg = Jpeg.defaults().quality(95).subsampling(Subsampling.S444).fastDct(false);
    return new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS);
  }

  @Override
  public Set<PixelFormat> pixelFormats() {
    return EnumSet.allOf(PixelFormat.class);
  }

  @Override
  public double tolerance(PixelFormat format) {
    return 3;
  }

  @Override
  public Optional<byte[]> decodedIndependently(byte[] payload, FrameFormat format) {
    boolean threeChannels = format.pixelFormat() == PixelFormat.RGB;
    if (!threeChannels && format.pixelFormat() != PixelFormat.GRAY) {
      return Optional.empty();
    }
    try {
      byte[] rgb = Pictures.rgb(ImageIO.read(new ByteArrayInputStream(payload)));
      if (threeChannels) {
        return Optional.of(rgb);
      }
      byte[] gray = new byte[rgb.length / 3];
      for (int i = 0; i < gray.length; i++) {
        gray[i] = rgb[3 * i];
      }
      return Optional.of(gray);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<byte[]> hostilePayloads() {
    return Stream.of("arithmetic", "bits12", "lossless", "fifty-one-scans", "progressive", "cmyk")
        .map(name -> Pictures.resource("images/" + name + ".jpg"))
        .toList();
  }
}
