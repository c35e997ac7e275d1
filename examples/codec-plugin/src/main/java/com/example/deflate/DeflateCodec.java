package com.example.deflate;

import io.netgear.FrameFormat;
import io.netgear.spi.Availability;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;

/**
 * Pictures without loss, through the deflate of the JDK: {@code .codec("deflate")} at the sender,
 * nothing at the receiver.
 *
 * <p>A payload is one zlib stream of the rows, without padding. Width, height and pixel format are
 * not in it: they travel in the message's header, as those of raw frames do.
 */
public final class DeflateCodec implements FrameCodec {
  /** What headers call such payloads. */
  static final String FORMAT = "deflate";

  @Override
  public String name() {
    return "deflate";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("lossless pictures through the JDK's deflate");
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public FrameEncoder encoder(CodecOptions options) {
    return new DeflateEncoder();
  }

  @Override
  public FrameDecoder decoder(CodecOptions options) {
    return new DeflateDecoder(options.maxPixels());
  }

  /** What a header says of pictures of {@code format}. */
  static Encoding describe(FrameFormat format) {
    return new Encoding(FORMAT, format.pixelFormat(), format.packed(), false, false);
  }
}
