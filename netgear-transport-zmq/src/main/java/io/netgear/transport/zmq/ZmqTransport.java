package io.netgear.transport.zmq;

import io.netgear.Address;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.Availability;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.SecurityRequest;
import io.netgear.spi.Transport;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * ZeroMQ over tcp, on the wire that the Python NetGear speaks.
 *
 * <p>Stateless and thread-safe. Every link has a JeroMQ context of its own: one thread for its
 * connections, one that cleans up, and one that tells {@link io.netgear.Events}; all of them are
 * daemons named after the link. docs/transport-zmq.md says which options are set and why.
 */
public final class ZmqTransport implements Transport {
  /** For {@link java.util.ServiceLoader}. */
  public ZmqTransport() {}

  @Override
  public String name() {
    return "zmq";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("ZeroMQ by JeroMQ " + JeroMqVersion.TEXT + ", tcp");
  }

  @Override
  public Set<LinkRole> roles() {
    return EnumSet.allOf(LinkRole.class);
  }

  @Override
  public Set<String> protocols() {
    return Set.of("tcp");
  }

  @Override
  public boolean accepts(Security security) {
    return security == Security.NONE || security instanceof CurveSecurity;
  }

  @Override
  public Optional<Security> security(SecurityRequest request) {
    return Optional.of(CurveSecurity.of(request));
  }

  @Override
  public Link open(LinkSpec spec) {
    if (!accepts(spec.security())) {
      throw new TransportException(
          "Transport zmq cannot protect a link with '"
              + spec.security().describe()
              + "'; nothing was opened. Choose a security that it accepts, or none by name.");
    }
    for (Address address : spec.addresses()) {
      checkProtocol(address);
      if (!spec.bind() && address.port() == 0) {
        throw new TransportException(
            "Cannot connect to "
                + address
                + ": port 0 asks a binding end for a free port; name the peer's port.");
      }
      if (!spec.bind() && address.host().equals("*")) {
        throw new TransportException(
            "Cannot connect to "
                + address
                + ": the host * stands for every interface when binding; name the peer's host.");
      }
    }
    return new ZmqLink(spec);
  }

  private static void checkProtocol(Address address) {
    if (address.protocol().equals("tcp")) {
      return;
    }
    String why =
        address.protocol().equals("ipc")
            ? "; what JeroMQ calls ipc is no Unix socket and meets no other ZeroMQ. Use tcp://127.0.0.1 instead."
            : ". Use tcp.";
    throw new TransportException("Transport zmq speaks tcp only, got " + address + why);
  }
}
