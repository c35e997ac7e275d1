package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.Availability;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Transport;
import io.netty.util.Version;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The wire of ZeroMQ (ZMTP 3.1) by Netty, over tcp and Unix domain sockets: its peers may be of the
 * transport {@code zmq}, of libzmq, or Python's. And the same inside TLS, which only peers of this
 * transport speak.
 *
 * <p>Stateless and thread-safe. Every link has one thread for its connections, and one that tells
 * {@link io.netgear.Events}; both are daemons named after the link. docs/transport-netty.md tells
 * the rest.
 */
public final class NettyTransport implements Transport {
  private static final Set<String> PROTOCOLS = Set.of("tcp", "ipc", "tls");
  private static final Set<String> TUNNELLED = Set.of("tcp", "tls");

  private final Carrier carrier;
  private final Timing timing;

  /** For {@link java.util.ServiceLoader}. */
  public NettyTransport() {
    this(null, Timing.USUAL);
  }

  /**
   * @param carrier null for the best that there is
   */
  NettyTransport(Carrier carrier, Timing timing) {
    this.carrier = carrier;
    this.timing = timing;
  }

  private Carrier carrier() {
    return carrier == null ? Carrier.best() : carrier;
  }

  @Override
  public String name() {
    return "netty";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    Version version = Version.identify(Version.class.getClassLoader()).get("netty-common");
    return Availability.yes(
        "ZMTP 3.1 by Netty "
            + (version == null ? "" : version.artifactVersion() + " ")
            + "on "
            + carrier().describe()
            + ", "
            + String.join(", ", new TreeSet<>(PROTOCOLS))
            + " by "
            + TlsEngine.best().describe());
  }

  @Override
  public Set<LinkRole> roles() {
    return EnumSet.allOf(LinkRole.class);
  }

  @Override
  public Set<String> protocols() {
    return PROTOCOLS;
  }

  @Override
  public Set<String> tunnelled() {
    return TUNNELLED;
  }

  @Override
  public boolean accepts(Security security) {
    return security == Security.NONE || security instanceof TlsSecurity;
  }

  @Override
  public Optional<Security> security(String protocol, Path keys) {
    return protocol.equals(Places.TLS) ? Optional.of(TlsSecurity.in(keys)) : Optional.empty();
  }

  @Override
  public boolean servesBrowsers() {
    return true;
  }

  @Override
  public Link open(LinkSpec spec) {
    if (!accepts(spec.security())) {
      throw new TransportException(
          "Transport netty cannot protect a link with '"
              + spec.security().describe()
              + "'; nothing was opened. Choose a tls address for certificates, or transport zmq for keys.");
    }
    for (Address address : spec.addresses()) {
      check(address, spec.bind());
      check(address, spec.security());
    }
    return new NettyLink(spec, carrier(), timing);
  }

  private static void check(Address address, boolean bind) {
    if (!PROTOCOLS.contains(address.protocol())) {
      throw new TransportException(
          "Transport netty speaks ipc, tcp and tls, got " + address + ". Use one of these.");
    }
    if (!bind && address.port() == 0) {
      throw new TransportException(
          "Cannot connect to "
              + address
              + ": port 0 asks a binding end for a free port; name the peer's port.");
    }
    if (!bind && address.host().equals("*")) {
      throw new TransportException(
          "Cannot connect to "
              + address
              + ": the host * stands for every interface when binding; name the peer's host.");
    }
  }

  /** All or nothing: an end that is asked for TLS has no address at which it speaks without. */
  private static void check(Address address, Security security) {
    boolean tls = Places.isTls(address);
    if (tls && security == Security.NONE) {
      throw new TransportException(
          "Address " + address + " needs certificates: give the link a TlsSecurity.");
    }
    if (!tls && security != Security.NONE) {
      throw new TransportException(
          "Address "
              + address
              + " would not be protected, but '"
              + security.describe()
              + "' was asked for; nothing was opened. Write tls:// and what follows.");
    }
  }
}
