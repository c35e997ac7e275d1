package io.netgear.testkit;

import io.netgear.Security;
import io.netgear.spi.Availability;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Transport;
import java.util.EnumSet;
import java.util.Set;

/**
 * Messages between links of one process, without sockets and without threads: the reference for
 * what a link does.
 *
 * <p>It meets the contract to the letter and on the clock of the {@link LinkSpec}, so that patterns
 * can be tested with a {@link FakeTicker}. Links meet in an {@link InMemoryNetwork}. Made by {@link
 * java.util.ServiceLoader} it is named {@code memory} and all its links meet in one network of the
 * process.
 */
public final class InMemoryTransport implements Transport {
  private static final InMemoryNetwork SHARED = new InMemoryNetwork();

  private final InMemoryNetwork network;

  /** Links meet in the network of the process. */
  public InMemoryTransport() {
    this(SHARED);
  }

  /** Links meet in {@code network} and nowhere else. */
  public InMemoryTransport(InMemoryNetwork network) {
    this.network = network;
  }

  /** Where its links meet. */
  public InMemoryNetwork network() {
    return network;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("messages within one process");
  }

  @Override
  public Set<LinkRole> roles() {
    return EnumSet.allOf(LinkRole.class);
  }

  @Override
  public Set<String> protocols() {
    return InMemoryNetwork.PROTOCOLS;
  }

  @Override
  public boolean accepts(Security security) {
    return security == Security.NONE;
  }

  @Override
  public Link open(LinkSpec spec) {
    return network.open(spec);
  }
}
