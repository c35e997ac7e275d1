package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.SecureMode;
import io.netgear.Security;
import io.netgear.spi.Availability;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.SecurityRequest;
import io.netgear.spi.Transport;
import io.netgear.testkit.LinkBench;
import io.netgear.testkit.TransportContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a link promises, promised under CURVE. */
class SecuredContractTest implements TransportContract {
  @TempDir Path keys;

  @Override
  public Transport transport() {
    return new Secured(keys);
  }

  /** What is found by its name is the transport itself, which this one only asks for keys. */
  @Test
  @Override
  public void shouldBeFoundByItsName(LinkBench bench) {
    Security offered =
        new ZmqTransport()
            .security(new SecurityRequest(SecureMode.STONEHOUSE, true, keys, false, List.of()))
            .orElseThrow();
    assertThat(new ZmqTransport().accepts(offered)).isTrue();
    assertThat(keys).isEmptyDirectory();
  }

  /** Protects every link that was to go unprotected. */
  private record Secured(ZmqTransport plain, Path keys) implements Transport {
    Secured(Path keys) {
      this(new ZmqTransport(), keys);
    }

    @Override
    public String name() {
      return plain.name();
    }

    @Override
    public int spiVersion() {
      return plain.spiVersion();
    }

    @Override
    public Availability availability() {
      return plain.availability();
    }

    @Override
    public Set<LinkRole> roles() {
      return plain.roles();
    }

    @Override
    public Set<String> protocols() {
      return plain.protocols();
    }

    @Override
    public boolean accepts(Security security) {
      return plain.accepts(security);
    }

    @Override
    public Link open(LinkSpec spec) {
      return plain.open(
          spec.security() == Security.NONE
              ? Keys.in(keys).secured(spec, SecureMode.IRONHOUSE)
              : spec);
    }
  }
}
