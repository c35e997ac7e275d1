package io.netgear.transport.netty;

import io.netgear.spi.Transport;
import io.netgear.testkit.TransportContract;

/** As where there is no epoll. */
class NioContractTest implements TransportContract {
  @Override
  public Transport transport() {
    return new NettyTransport(Carrier.NIO, Timing.USUAL);
  }
}
