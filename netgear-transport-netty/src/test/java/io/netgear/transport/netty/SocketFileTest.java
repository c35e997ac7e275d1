package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.TransportException;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Unix domain socket is a file, which other programs and earlier lives leave behind. */
class SocketFileTest {
  @TempDir Path directory;
  private Links links;

  @AfterEach
  void close() {
    links.close();
  }

  private Address address(Carrier carrier, String name) {
    links = new Links(new NettyTransport(carrier, Timing.USUAL), new LeakCheckingPool());
    return new Address("ipc", directory.resolve(name).toString(), 5555);
  }

  private Link bind(Address address) {
    return links.open(LinkRole.PULL, true, List.of(address), Events.NONE, 1 << 20, 1);
  }

  private static Path fileOf(Address address) {
    return Path.of(address.host() + ":" + address.port());
  }

  @ParameterizedTest
  @EnumSource(Carrier.class)
  void shouldBeThereAsLongAsTheLink(Carrier carrier) {
    Address address = address(carrier, "s");
    Link link = bind(address);
    assertThat(fileOf(address)).exists();
    link.close();
    assertThat(fileOf(address)).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Carrier.class)
  void shouldTakeThePlaceOfOneThatNobodyListensAt(Carrier carrier) throws IOException {
    Address address = address(carrier, "s");
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(fileOf(address)));
    }
    assertThat(fileOf(address)).exists();
    Link link = bind(address);
    Link sender = links.connected(LinkRole.PUSH, link);
    assertThat(sender.send(Links.text("frame"), Links.in(20_000))).isEqualTo(SendResult.SENT);
    assertThat(Links.receiveText(link, 20_000)).isEqualTo("frame");
  }

  @ParameterizedTest
  @EnumSource(Carrier.class)
  void shouldLeaveOthersAlone(Carrier carrier) throws IOException {
    Address address = address(carrier, "s");
    Files.writeString(fileOf(address), "precious");
    assertThatThrownBy(() -> bind(address))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("no socket");
    assertThat(fileOf(address)).hasContent("precious");
    Files.delete(fileOf(address));
    Link link = bind(address);
    assertThatThrownBy(() -> bind(address))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("in use");
    Link sender = links.connected(LinkRole.PUSH, link);
    assertThat(sender.send(Links.text("frame"), Links.in(20_000))).isEqualTo(SendResult.SENT);
    assertThat(Links.receiveText(link, 20_000)).isEqualTo("frame");
  }

  @ParameterizedTest
  @EnumSource(Carrier.class)
  void shouldSayWhatIsWrongWithPath(Carrier carrier) {
    Address missing = address(carrier, "no/such/directory");
    assertThatThrownBy(() -> bind(missing))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("no directory");
    Address tooLong = new Address("ipc", "/tmp/" + "x".repeat(100), 5555);
    for (boolean bind : new boolean[] {true, false}) {
      assertThatThrownBy(
              () -> links.open(LinkRole.PULL, bind, List.of(tooLong), Events.NONE, 1 << 20, 1))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("at most 103 bytes");
    }
    Address everywhere = new Address("ipc", "*", 5555);
    assertThatThrownBy(() -> bind(everywhere))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("path of a file");
  }
}
