package io.netgear.plugins;

import io.netgear.spi.Availability;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;

/** A codec that is found and named, and makes nothing. */
public class ToyCodec implements FrameCodec {
  /** Under the name of the codec for JPEG that is taken by default. */
  public static class Turbo extends ToyCodec {
    @Override
    public String name() {
      return "turbojpeg";
    }
  }

  /** As {@link Turbo} where its native library does not load. */
  public static class NoNative extends Turbo {
    @Override
    public Availability availability() {
      return Availability.no("its native library did not load");
    }
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("a toy");
  }

  @Override
  public String format() {
    return Encoding.JPEG;
  }

  @Override
  public FrameEncoder encoder(CodecOptions options) {
    throw new IllegalStateException("The toy was asked to encode.");
  }

  @Override
  public FrameDecoder decoder(CodecOptions options) {
    throw new IllegalStateException("The toy was asked to decode.");
  }
}
