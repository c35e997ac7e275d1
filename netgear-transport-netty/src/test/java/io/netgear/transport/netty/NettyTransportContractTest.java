package io.netgear.transport.netty;

import io.netgear.spi.Transport;
import io.netgear.testkit.TransportContract;

class NettyTransportContractTest implements TransportContract {
  @Override
  public Transport transport() {
    return new NettyTransport();
  }
}
