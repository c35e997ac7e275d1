package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.TransportException;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening links, and what is said when they do not open. */
class OpeningTest {
  private final Links links = new Links();

  @AfterEach
  void close() {
    links.close();
  }

  private Link open(boolean bind, Address address) {
    return links.open(LinkRole.PULL, bind, List.of(address), Events.NONE, 1 << 20, 1);
  }

  @Test
  void shouldBeFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(io.netgear.spi.Transport.class))
        .anySatisfy(transport -> assertThat(transport.name()).isEqualTo("zmq"));
  }

  @Test
  void shouldSayThatAnAddressIsInUse() {
    Address taken = links.bound(LinkRole.PULL).addresses().get(0);
    assertThatThrownBy(() -> open(true, taken))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("Cannot bind " + taken)
        .hasMessageContaining("in use")
        .hasMessageContaining("another receiver")
        .hasCauseInstanceOf(java.net.BindException.class);
  }

  @Test
  void shouldSayThatAnAddressIsNotOfThisMachine() {
    assertThatThrownBy(() -> open(true, new Address("tcp", "192.0.2.1", 5555)))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("no such address");
  }

  @Test
  void shouldSayThatAHostIsNotKnown() {
    for (boolean bind : new boolean[] {true, false}) {
      assertThatThrownBy(() -> open(bind, new Address("tcp", "no-such-host.invalid", 5555)))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("no-such-host.invalid")
          .hasMessageContaining("not known");
    }
  }

  @Test
  void shouldNotConnectToEveryInterfaceOrToAnyPort() {
    assertThatThrownBy(() -> open(false, new Address("tcp", "*", 5555)))
        .hasMessageContaining("peer's host");
    assertThatThrownBy(() -> open(false, new Address("tcp", "localhost", 0)))
        .hasMessageContaining("peer's port");
  }

  @Test
  void shouldLeaveNothingOpenWhenOneOfSeveralAddressesFails() {
    Address taken = links.bound(LinkRole.PULL).addresses().get(0);
    Link free = links.bound(LinkRole.PULL);
    Address other = free.addresses().get(0);
    free.close();
    assertThatThrownBy(
            () -> links.open(LinkRole.PULL, true, List.of(other, taken), Events.NONE, 1 << 20, 1))
        .isInstanceOf(TransportException.class);
    assertThat(open(true, other).addresses()).containsExactly(other);
  }

  @ParameterizedTest
  @EnumSource(LinkRole.class)
  void shouldBindEveryInterfaceAndSeveralPorts(LinkRole role) {
    Address any = new Address("tcp", "*", 0);
    Link link = links.open(role, true, List.of(any, any), Events.NONE, 1 << 20, 1);
    assertThat(link.addresses())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(address -> address.port() > 0);
  }

  @Test
  void shouldReceiveFromEachOfItsPorts() {
    Link receiver =
        links.open(
            LinkRole.PULL, true, List.of(Links.ANY_PORT, Links.ANY_PORT), Events.NONE, 1 << 20, 1);
    for (Address address : receiver.addresses()) {
      Link sender = links.open(LinkRole.PUSH, false, List.of(address), Events.NONE, 1 << 20, 1);
      sender.send(Links.text("to " + address), Links.in(20_000));
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("to " + address);
    }
  }
}
