package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.Security;
import io.netgear.spi.Transport;
import io.netgear.testkit.TransportContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Inside TLS, by whichever engine is the best here. */
class TlsContractTest implements TransportContract {
  @TempDir static Path certificates;

  @BeforeAll
  static void makeCertificates() {
    TlsDirectory.at(certificates).makeOwn(List.of(), Duration.ofDays(1), false);
  }

  @Override
  public Transport transport() {
    return new NettyTransport();
  }

  @Override
  public Address bindAddress() {
    return new Address("tls", "127.0.0.1", 0);
  }

  @Override
  public Security security() {
    return TlsSecurity.in(certificates);
  }
}
