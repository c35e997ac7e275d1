package org.example.checked;

import io.netgear.spi.Transport;
import io.netgear.testkit.InMemoryNetwork;
import io.netgear.testkit.InMemoryTransport;
import io.netgear.testkit.TransportContract;

class CheckedTransportTest implements TransportContract {
  @Override
  public Transport transport() {
    return new CheckedTransport(new InMemoryTransport(new InMemoryNetwork()));
  }
}
