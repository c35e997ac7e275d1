package io.netgear.transport.netty;

import io.netgear.spi.Transport;

/** Through the JDK's own Unix domain sockets. */
class NioIpcContractTest extends IpcContractTest {
  @Override
  public Transport transport() {
    return new NettyTransport(Carrier.NIO, Timing.USUAL);
  }
}
