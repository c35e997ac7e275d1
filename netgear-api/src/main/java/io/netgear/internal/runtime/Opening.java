package io.netgear.internal.runtime;

import io.netgear.Address;
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
import java.util.ArrayList;
import java.util.List;
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

  /** One link to all addresses. */
  static Link link(Settings settings, LinkRole role, BufferPool pool, Events events) {
    return settings.tunnel() == null
        ? link(settings, role, settings.addresses(), null, settings.name(), pool, events)
        : TunnelledLink.open(
            settings.tunnel(),
            local -> through(local, settings, role, pool, told(settings, events)));
  }

  /** Where the protocol looks at who the peer is, it has to know who that should be. */
  private static Link through(
      Address local, Settings settings, LinkRole role, BufferPool pool, Events events) {
    boolean plain = settings.tunnel().spec().target().protocol().equals(local.protocol());
    return plain
        ? link(settings, role, List.of(local), null, settings.name(), pool, events)
        : link(settings, role, settings.addresses(), local, settings.name(), pool, events);
  }

  /** A link to each address of its own, or none at all. */
  static List<Link> links(Settings settings, LinkRole role, BufferPool pool, Events events) {
    List<Link> links = new ArrayList<>();
    try {
      for (Address address : settings.addresses()) {
        String name = settings.name() + "-" + address.port();
        links.add(link(settings, role, List.of(address), null, name, pool, events));
      }
    } catch (RuntimeException | Error e) {
      links.forEach(Link::close);
      throw e;
    }
    return List.copyOf(links);
  }

  private static Link link(
      Settings settings,
      LinkRole role,
      List<Address> addresses,
      Address through,
      String name,
      BufferPool pool,
      Events events) {
    return settings
        .transport()
        .open(
            new LinkSpec(
                role,
                settings.bind(),
                addresses,
                Math.max(settings.pattern().linkQueueDepth(), settings.window()),
                settings.maxMessageBytes(),
                settings.security(),
                pool,
                events,
                TICKER,
                name,
                settings.web(),
                through));
  }

  /** With {@code port} and {@code life} in this end's messages; null and -1 for none. */
  static Dialogue dialogue(
      Settings settings,
      Link link,
      Object port,
      long life,
      WireFormat wire,
      Events events,
      BooleanSupplier closing) {
    return new Dialogue(
        link,
        wire,
        new Conduct(
            settings.bidirectional(),
            style(settings),
            settings.modes().multiServer(),
            port,
            settings.modes().broadcast(),
            settings.window(),
            settings.requestTimeout().toNanos(),
            settings.idleLimit().toNanos(),
            settings.maxRetries(),
            life),
        told(settings, events),
        TICKER,
        closing);
  }

  /** Peers by the addresses that users know: a tunnel's local end is none. */
  private static Events told(Settings settings, Events events) {
    return settings.tunnel() == null
        ? events
        : new TunnelledEvents(events, settings.addresses().get(0));
  }

  static AnswerStyle style(Settings settings) {
    return settings.bidirectional() || settings.modes().multiClient()
        ? AnswerStyle.DATA
        : AnswerStyle.PLAIN;
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
    Jpeg own =
        Jpeg.defaults()
            .fastDct(settings.fastDct())
            .fastUpsample(settings.fastUpsample())
            .threads(settings.jpeg().threads())
            .reuse(settings.jpeg().reuse());
    return new PayloadDecoder(
        settings.codecs(), new CodecOptions(own, settings.maxPixels(), settings.view()), pool);
  }
}
