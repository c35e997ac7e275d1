package io.netgear.transport.netty;

import io.netgear.Security;
import io.netgear.spi.Transport;

/** As where there is neither BoringSSL nor epoll. */
class TlsByJdkContractTest extends TlsContractTest {
  @Override
  public Transport transport() {
    return new NettyTransport(Carrier.NIO, Timing.USUAL);
  }

  @Override
  public Security security() {
    return TlsSecurity.in(certificates).by(TlsEngine.JDK);
  }
}
