package io.netgear.tunnel.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.NetGear;
import io.netgear.TransportException;
import io.netgear.testkit.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that vanish without a word, and such that never were one. */
class SilentServerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldNoticeAServerThatFellSilentAndResume(String transport) throws IOException {
    try (OpenSsh server = OpenSsh.start(folder);
        Relay relay = new Relay(server.port)) {
      Files.writeString(
          server.knownHosts(),
          server
              .knownHostsLine(folder.resolve("host.pub"))
              .replace(":" + server.port, ":" + relay.port()));
      try (TunnelledStream stream =
          TunnelledStream.by(
              transport,
              "request-reply",
              sender ->
                  sender
                      .sshTunnel(System.getProperty("user.name") + "@127.0.0.1:" + relay.port())
                      .sshKeyFile(server.userKey())
                      .sshKnownHosts(server.knownHosts())
                      .maxRetries(0)
                      .requestTimeout(Duration.ofSeconds(1)))) {
        stream.deliver(3);
        relay.holdWhatIsConnected();
        stream.deliver(3);

        assertThat(relay.connections()).isGreaterThan(1);
      }
    }
  }

  @Test
  void shouldSayThatItIsNoSshServer() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answering =
          Threads.run(
              () -> {
                try (Socket caller = listener.accept()) {
                  caller
                      .getOutputStream()
                      .write(
                          "HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      String server = "alice@127.0.0.1:" + listener.getLocalPort();

      assertThatThrownBy(
              () ->
                  NetGear.sender()
                      .uncompressed()
                      .sshTunnel(server)
                      .sshPassword("secret")
                      .open()
                      .close())
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("SSH server " + server + " answered, but no session came about")
          .hasMessageContaining("Is that an SSH server")
          .hasMessageNotContaining("secret");
      answering.get(30, TimeUnit.SECONDS);
    }
  }
}
