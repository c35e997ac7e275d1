package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Ticker;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to those who ask for a tunnel in a way that cannot be. */
class TunnelOptionsTest {
  private static SenderBuilder sender() {
    return NetGear.sender().transport("memory").uncompressed();
  }

  private static String complaint(EndpointBuilder<?> builder) {
    try {
      return builder.explain();
    } catch (NetGearException | IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "@host", "user@", "user@host:", "user@host:0", "user@host:99999", "a b@c"})
  void shouldRefuseServersOfAnotherForm(String server) {
    assertThat(complaint(sender().sshTunnel(server)))
        .contains(
            "Option 'ssh_tunnel_mode' (set by sshTunnel()) is '"
                + server
                + "', expected text of the form user@host or user@host:port");
  }

  @Test
  void shouldNotFallBackToNoTunnelHoweverLenient() {
    assertThatThrownBy(() -> sender().sshTunnel("host").lenient().explain())
        .isInstanceOf(InvalidOptionsException.class);
  }

  @Test
  void shouldNameTheArtifactThatBringsTunnels() {
    assertThat(complaint(sender().address("tcp://10.0.0.7:5555").sshTunnel("user@host")))
        .contains("No tunnel named 'ssh' is available.")
        .contains("Add io.netgear:netgear-tunnel-ssh");
  }

  @Test
  void shouldRefuseDetailsOfATunnelThatNobodyAskedFor() {
    assertThat(
            complaint(
                sender()
                    .sshPassword("hunter2")
                    .sshKeyFile(Path.of("key"))
                    .sshKnownHosts(Path.of("hosts"))))
        .contains("Option 'ssh_tunnel_keyfile' (set by sshKeyFile()) is set, but no tunnel")
        .contains("Option 'ssh_known_hosts' (set by sshKnownHosts()) is set, but no tunnel")
        .contains(
            "Option 'ssh_tunnel_pwd' (set by sshPassword()) is set, but no tunnel is asked for")
        .doesNotContain("hunter2");
  }

  @Test
  void shouldRefuseToTunnelForABindingSender() {
    assertThat(complaint(sender().bind().sshTunnel("user@host")))
        .contains("this sender binds, and a tunnel leads to the peer");
  }

  @Test
  void shouldRefuseToTunnelToSeveralPeersOrByOtherProtocols() {
    assertThat(
            complaint(
                sender()
                    .pattern("push-pull")
                    .address("tcp://a:1", "ipc://b")
                    .sshTunnel("user@host")))
        .contains("a tunnel leads to one peer: give one")
        .contains("has protocol 'ipc', and a tunnel carries tcp alone");
  }

  @Test
  void shouldLetALinkGoThroughATunnelToOneAddressOnly() {
    Address way = new Address("tcp", "127.0.0.1", 1);
    List<Address> two = List.of(new Address("tls", "a", 1), new Address("tls", "b", 1));

    for (boolean bind : new boolean[] {true, false}) {
      assertThatThrownBy(
              () ->
                  new LinkSpec(
                      LinkRole.PUSH,
                      bind,
                      bind ? two.subList(0, 1) : two,
                      1,
                      1,
                      Security.NONE,
                      null,
                      Events.NONE,
                      Ticker.SYSTEM,
                      "link",
                      null,
                      way))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("through tcp://127.0.0.1:1 connects to one address");
    }
  }

  @Test
  void shouldRefuseTunnelsAtReceivers() {
    assertThat(
            complaint(
                NetGear.receiver()
                    .transport("memory")
                    .options(Map.of("ssh_tunnel_mode", "user@host", "ssh_tunnel_pwd", "hunter2"))))
        .contains("tunnels are the sender's")
        .doesNotContain("hunter2");
  }

  @Test
  void shouldPassOnEveryEventAndEveryCallOfALink() throws ReflectiveOperationException {
    shouldOverrideAllOf(Events.class, "io.netgear.internal.runtime.TunnelledEvents");
    shouldOverrideAllOf(Link.class, "io.netgear.internal.runtime.TunnelledLink");
  }

  private static void shouldOverrideAllOf(Class<?> type, String wrapper)
      throws ReflectiveOperationException {
    Class<?> wrapping = Class.forName(wrapper);
    for (Method method : type.getDeclaredMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        assertThat(wrapping.getDeclaredMethod(method.getName(), method.getParameterTypes()))
            .isNotNull();
      }
    }
  }
}
