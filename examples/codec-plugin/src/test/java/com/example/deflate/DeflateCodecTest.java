package com.example.deflate;

import io.netgear.PixelFormat;
import io.netgear.spi.FrameCodec;
import io.netgear.testkit.FrameCodecContract;
import java.util.EnumSet;
import java.util.Set;

/** All that every codec must do: without a tolerance, so nothing may be lost. */
class DeflateCodecTest implements FrameCodecContract {
  @Override
  public FrameCodec codec() {
    return new DeflateCodec();
  }

  @Override
  public Set<PixelFormat> pixelFormats() {
    return EnumSet.allOf(PixelFormat.class);
  }
}
