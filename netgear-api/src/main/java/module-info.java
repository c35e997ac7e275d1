/**
 * Video frames between programs, in real time: what applications call and what plug-ins implement.
 */
module io.netgear {
  requires tools.jackson.core;

  exports io.netgear;
  exports io.netgear.spi;

  uses io.netgear.spi.Transport;
  uses io.netgear.spi.FrameCodec;
  uses io.netgear.spi.Pattern;
  uses io.netgear.spi.TunnelProvider;

  provides io.netgear.spi.Pattern with
      io.netgear.internal.patterns.PairPattern,
      io.netgear.internal.patterns.RequestReplyPattern,
      io.netgear.internal.patterns.PublishSubscribePattern,
      io.netgear.internal.patterns.PushPullPattern;
  provides io.netgear.spi.FrameCodec with
      io.netgear.internal.raw.RawCodec;
}
