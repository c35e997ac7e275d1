package io.netgear.testkit;

import io.netgear.ElementType;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.FrameCodec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class RawCodecContractTest implements FrameCodecContract {
  @Override
  public FrameCodec codec() {
    return BuiltIn.codec("raw");
  }

  @Override
  public Set<PixelFormat> pixelFormats() {
    return EnumSet.allOf(PixelFormat.class);
  }

  @Override
  public List<FrameFormat> arrays() {
    List<FrameFormat> arrays = new ArrayList<>();
    for (ElementType type : ElementType.values()) {
      arrays.add(FrameFormat.array(type, 5));
      arrays.add(FrameFormat.array(type, 6, 7));
      arrays.add(FrameFormat.array(type, 3, 4, 5));
      arrays.add(FrameFormat.array(type, 2, 3, 4, 5));
    }
    return arrays;
  }
}
