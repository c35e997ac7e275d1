package io.netgear.transport.zmq;

import io.netgear.spi.Transport;
import io.netgear.testkit.TransportContract;

class ZmqTransportContractTest implements TransportContract {
  @Override
  public Transport transport() {
    return new ZmqTransport();
  }
}
