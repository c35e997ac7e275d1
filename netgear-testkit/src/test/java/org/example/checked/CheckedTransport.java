package org.example.checked;

import io.netgear.Security;
import io.netgear.spi.Availability;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Transport;
import io.netgear.testkit.InMemoryTransport;
import java.util.Set;

/** Another transport, with a checksum on every message. */
public final class CheckedTransport implements Transport {
  private final Transport carrier;

  /** For {@link java.util.ServiceLoader}. */
  public CheckedTransport() {
    this(new InMemoryTransport());
  }

  CheckedTransport(Transport carrier) {
    this.carrier = carrier;
  }

  @Override
  public String name() {
    return "checked";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return carrier.availability();
  }

  @Override
  public Set<LinkRole> roles() {
    return carrier.roles();
  }

  @Override
  public Set<String> protocols() {
    return carrier.protocols();
  }

  @Override
  public boolean accepts(Security security) {
    return carrier.accepts(security);
  }

  @Override
  public Link open(LinkSpec spec) {
    LinkSpec withRoom =
        new LinkSpec(
            spec.role(),
            spec.bind(),
            spec.addresses(),
            spec.queueDepth(),
            spec.maxMessageBytes() + CheckedLink.CHECKSUM_BYTES,
            spec.security(),
            spec.pool(),
            spec.events(),
            spec.ticker(),
            spec.name());
    return new CheckedLink(carrier.open(withRoom), spec.events());
  }
}
