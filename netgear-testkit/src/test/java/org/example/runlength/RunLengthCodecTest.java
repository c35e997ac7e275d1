package org.example.runlength;

import io.netgear.PixelFormat;
import io.netgear.spi.FrameCodec;
import io.netgear.testkit.FrameCodecContract;
import java.util.EnumSet;
import java.util.Set;

class RunLengthCodecTest implements FrameCodecContract {
  @Override
  public FrameCodec codec() {
    return new RunLengthCodec();
  }

  @Override
  public Set<PixelFormat> pixelFormats() {
    return EnumSet.allOf(PixelFormat.class);
  }
}
