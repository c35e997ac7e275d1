package io.netgear.testkit;

import io.netgear.spi.Transport;

class InMemoryTransportContractTest implements TransportContract {
  private final Transport transport = new InMemoryTransport(new InMemoryNetwork());

  @Override
  public Transport transport() {
    return transport;
  }
}
