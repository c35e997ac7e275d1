package org.example.runlength;

import io.netgear.spi.Availability;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;

/** Pictures without loss, as runs of equal bytes: small for screens and drawings. */
public final class RunLengthCodec implements FrameCodec {
  @Override
  public String name() {
    return "run-length";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("pure Java, lossless");
  }

  @Override
  public String format() {
    return "org.example.runlength";
  }

  @Override
  public FrameEncoder encoder(CodecOptions options) {
    return new RunLengthEncoder();
  }

  @Override
  public FrameDecoder decoder(CodecOptions options) {
    return new RunLengthDecoder(options.maxPixels());
  }
}
