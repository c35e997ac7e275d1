package io.netgear.internal.raw;

import io.netgear.spi.Availability;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;

/**
 * Sends arrays and pictures as their own bytes, in C order and without padding: any element type, 1
 * to 4 dimensions.
 */
public final class RawCodec implements FrameCodec {
  @Override
  public String name() {
    return "raw";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("uncompressed arrays and pictures, built in");
  }

  @Override
  public String format() {
    return Encoding.RAW;
  }

  @Override
  public FrameEncoder encoder(CodecOptions options) {
    return new RawEncoder();
  }

  @Override
  public FrameDecoder decoder(CodecOptions options) {
    return new RawDecoder(options.maxPixels());
  }
}
