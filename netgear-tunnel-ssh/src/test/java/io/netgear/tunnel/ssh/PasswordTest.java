package io.netgear.tunnel.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.SenderBuilder;
import io.netgear.TransportException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Passwords, at a server in this JVM: OpenSSH would ask for those of this machine's accounts, and
 * no test is to touch these.
 */
class PasswordTest {
  private static final String SECRET = "correct horse battery";

  @TempDir Path folder;
  private SshServer server;
  private Path knownHosts;

  @BeforeEach
  void start() throws IOException {
    SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
    keys.setAlgorithm("EC");
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(keys);
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals("alice") && password.equals(SECRET));
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.start();
    knownHosts =
        Files.writeString(
            folder.resolve("known_hosts"),
            "[127.0.0.1]:"
                + server.getPort()
                + " "
                + PublicKeyEntry.toString(keys.loadKeys(null).iterator().next().getPublic())
                + "\n");
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(true);
  }

  private UnaryOperator<SenderBuilder> through(String user, String password) {
    return sender ->
        sender
            .sshTunnel(user + "@127.0.0.1:" + server.getPort())
            .sshPassword(password)
            .sshKnownHosts(knownHosts);
  }

  @Test
  void shouldLetThePasswordIn() {
    try (TunnelledStream stream = TunnelledStream.open("request-reply", through("alice", SECRET))) {
      stream.deliver(5);
    }
  }

  @Test
  void shouldSayThatThePasswordIsWrong() {
    assertThatThrownBy(() -> TunnelledStream.open("pair", through("alice", "wrong-secret")).close())
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("did not let user 'alice' in with the password")
        .hasMessageContaining("Is the password right")
        .satisfies(e -> assertThat(everything(e)).doesNotContain("wrong-secret"));
  }

  @Test
  void shouldNeverPrintThePassword() {
    try (TunnelledStream stream = TunnelledStream.open("pair", through("alice", SECRET))) {
      assertThat(stream.sender.explain()).contains("ssh_tunnel_pwd").doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldCarryLargeFrames(String transport) {
    try (TunnelledStream stream =
        TunnelledStream.by(transport, "request-reply", through("alice", SECRET))) {
      stream.deliver(1);
      stream.sender.send(Frame.allocate(FrameFormat.of(1920, 1080, PixelFormat.BGR)));
      stream.deliver(1);
    }
  }

  private static String everything(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
