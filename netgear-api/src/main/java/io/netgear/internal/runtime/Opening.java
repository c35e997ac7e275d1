package io.netgear.internal.runtime;

import io.netgear.Events;
import io.netgear.Jpeg;
import io.netgear.internal.Settings;
import io.netgear.internal.memory.DirectBufferPool;
import io.netgear.internal.wire.PythonWireFormat;
import io.netgear.spi.BufferPool;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Conduct;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Ticker;
import io.netgear.spi.WireFormat;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.util.function.BooleanSupplier;

/** What opening a sender and opening a receiver have in common: from settings to the parts. */
final class Opening {
  static final Ticker TICKER = Ticker.SYSTEM;

  private Opening() {}

  static WireFormat wire() {
    return new PythonWireFormat();
  }

  static BufferPool pool(Settings settings) {
    return settings.pool() != null
        ? settings.pool()
        : new DirectBufferPool(settings.name(), settings.memoryLimitBytes());
  }

  static Link link(Settings settings, LinkRole role, BufferPool pool, Events events) {
    return settings
        .transport()
        .open(
            new LinkSpec(
                role,
                settings.bind(),
                settings.addresses(),
                settings.pattern().linkQueueDepth(),
                settings.maxMessageBytes(),
                settings.security(),
                pool,
                events,
                TICKER,
                settings.name()));
  }

  static Dialogue dialogue(
      Settings settings, Link link, WireFormat wire, Events events, BooleanSupplier closing) {
    return new Dialogue(
        link,
        wire,
        new Conduct(
            settings.bidirectional(),
            style(settings),
            false,
            null,
            settings.requestTimeout().toNanos(),
            settings.idleLimit().toNanos(),
            settings.maxRetries()),
        events,
        TICKER,
        closing);
  }

  static AnswerStyle style(Settings settings) {
    return settings.bidirectional() ? AnswerStyle.DATA : AnswerStyle.PLAIN;
  }

  static PayloadEncoder encoder(Settings settings, BufferPool pool) {
    return new PayloadEncoder(
        settings.codecs(),
        settings.compressed() ? settings.jpeg() : null,
        settings.maxPixels(),
        pool);
  }

  /** Decoding takes the fast ways that this end asked for, ORed by the codec with each header's. */
  static PayloadDecoder decoder(Settings settings, BufferPool pool) {
    Jpeg own = Jpeg.defaults().fastDct(settings.fastDct()).fastUpsample(settings.fastUpsample());
    return new PayloadDecoder(settings.codecs(), new CodecOptions(own, settings.maxPixels()), pool);
  }
}
