package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.spi.Transport;
import io.netgear.testkit.TransportContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Through Unix domain sockets, as whichever carrier is the best here makes them. */
class IpcContractTest implements TransportContract {
  @TempDir Path directory;

  @Override
  public Transport transport() {
    return new NettyTransport();
  }

  @Override
  public Address bindAddress() {
    return new Address("ipc", directory.resolve("s").toString(), 0);
  }
}
