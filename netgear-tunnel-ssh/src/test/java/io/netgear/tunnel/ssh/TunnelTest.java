package io.netgear.tunnel.ssh;

import static io.netgear.tunnel.ssh.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.InvalidOptionsException;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.SecureMode;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.TransportException;
import io.netgear.testkit.RecordingEvents;
import io.netgear.transport.zmq.KeyDirectory;
import io.netgear.transport.zmq.KeyOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams through a real OpenSSH server. */
class TunnelTest {
  @TempDir Path folder;

  private static UnaryOperator<SenderBuilder> through(OpenSsh server) {
    return sender ->
        sender
            .sshTunnel(server.server())
            .sshKeyFile(server.userKey())
            .sshKnownHosts(server.knownHosts());
  }

  @ParameterizedTest
  @CsvSource({
    "zmq, pair",
    "zmq, request-reply",
    "zmq, publish-subscribe",
    "zmq, push-pull",
    "netty, pair",
    "netty, request-reply",
    "netty, publish-subscribe",
    "netty, push-pull"
  })
  void shouldCarryFramesInEveryPattern(String transport, String pattern) {
    try (OpenSsh server = OpenSsh.start(folder);
        TunnelledStream stream = TunnelledStream.by(transport, pattern, through(server))) {
      stream.deliver(20);

      assertThat(stream.arrived).isSorted().doesNotHaveDuplicates();
    }
  }

  /** The SSH server sees neither frames nor keys, and the receiver still asks who comes. */
  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply", "publish-subscribe", "push-pull"})
  void shouldCarryCurveInside(String pattern, @TempDir Path keys, @TempDir Path strangers)
      throws Exception {
    RecordingEvents events = new RecordingEvents();
    SecureMode mode = SecureMode.IRONHOUSE;
    try (OpenSsh server = OpenSsh.start(folder);
        TunnelledStream stream =
            TunnelledStream.open(
                pattern,
                sender -> through(server).apply(sender).secure(mode).keys(keys),
                receiver -> receiver.secure(mode).keys(keys).onEvent(events))) {
      stream.deliver(5);
      assertThat(stream.arrived).isSorted().doesNotHaveDuplicates();

      KeyDirectory theirs = KeyDirectory.at(strangers);
      theirs.make(List.of(KeyOwner.SENDER), false);
      Files.copy(
          KeyDirectory.at(keys).publicFile(KeyOwner.RECEIVER),
          theirs.publicFile(KeyOwner.RECEIVER));
      try (FrameSender stranger =
          through(server)
              .apply(NetGear.sender(stream.address()).pattern(pattern).uncompressed())
              .secure(mode)
              .keys(strangers)
              .requestTimeout(Duration.ofMillis(500))
              .maxRetries(0)
              .open()) {
        Frame frame = Frame.allocate(FrameFormat.of(8, 8, PixelFormat.GRAY));
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  assertThat(stranger.send(frame).delivered()).isFalse();
                  return !events.refused().isEmpty();
                });
        assertThat(events.refused().get(0)).contains("public_keys/*.key");
      }
      stream.deliver(5);
    }
  }

  @Test
  void shouldNameTheRealAddressOfThePeer() {
    try (OpenSsh server = OpenSsh.start(folder);
        TunnelledStream stream = TunnelledStream.open("pair", through(server))) {
      assertThat(stream.sender.addresses()).isEqualTo(stream.receiver.addresses());
      assertThat(stream.sender.explain())
          .contains("address", stream.address(), "ssh_tunnel_mode", server.server());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldPassTheGoodbyeOnWhenTheSenderCloses(String transport) {
    try (OpenSsh server = OpenSsh.start(folder);
        TunnelledStream stream = TunnelledStream.by(transport, "push-pull", through(server))) {
      stream.deliver(1);
      stream.sender.close();

      assertThat(stream.end()).isEqualTo(StreamEnd.GOODBYE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zmq, pair",
    "zmq, request-reply",
    "zmq, publish-subscribe",
    "netty, pair",
    "netty, request-reply",
    "netty, publish-subscribe"
  })
  void shouldResumeWhenTheSessionIsKilledMidStream(String transport, String pattern) {
    try (OpenSsh server = OpenSsh.start(folder);
        TunnelledStream stream = TunnelledStream.by(transport, pattern, patiently(server))) {
      for (int i = 0; i < 3; i++) {
        stream.deliver(5);
        server.killSessions();
      }
      stream.deliver(5);

      assertThat(stream.arrived).isSorted().doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldResumeWhenTheServerComesBack(String transport) throws IOException {
    try (OpenSsh server = OpenSsh.start(folder);
        TunnelledStream stream =
            TunnelledStream.by(transport, "request-reply", patiently(server))) {
      stream.deliver(5);
      server.stop();
      stream.sender.send(Frame.allocate(FrameFormat.of(8, 8, PixelFormat.GRAY)));
      server.start();
      stream.deliver(5);

      assertThat(stream.arrived).isSorted().doesNotHaveDuplicates();
    }
  }

  private static UnaryOperator<SenderBuilder> patiently(OpenSsh server) {
    return sender ->
        through(server).apply(sender).maxRetries(0).requestTimeout(Duration.ofSeconds(2));
  }

  @Test
  void shouldGiveUpAServerThatStaysAway() {
    try (OpenSsh server = OpenSsh.start(folder);
        TunnelledStream stream =
            TunnelledStream.open(
                "publish-subscribe",
                sender ->
                    through(server)
                        .apply(sender)
                        .maxRetries(1)
                        .requestTimeout(Duration.ofMillis(500)))) {
      stream.deliver(1);
      server.stop();

      assertThatThrownBy(() -> stream.sendUntilItFails())
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("The tunnel broke, and ")
          .hasMessageContaining(
              "SSH server " + server.server() + " cannot be reached: nothing listens at that port");
    }
  }

  @Test
  void shouldNotLogInAtAServerWhoseKeyChangedWhileItWasAway() throws IOException {
    try (OpenSsh server = OpenSsh.start(folder);
        TunnelledStream stream = TunnelledStream.open("pair", patiently(server))) {
      stream.deliver(1);
      server.stop();
      Files.delete(folder.resolve("host"));
      server.makeKey("host", "ed25519", "");
      server.start();

      assertThatThrownBy(() -> stream.sendUntilItFails())
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("shows another key than " + server.knownHosts());
    }
  }

  @Test
  void shouldSayThatTheServerForbidsTunnels() {
    try (OpenSsh server = OpenSsh.start(folder, "AllowTcpForwarding no");
        TunnelledStream stream = TunnelledStream.open("request-reply", through(server))) {
      assertThatThrownBy(() -> stream.deliver(1))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("SSH server " + server.server() + " does not let user '")
          .hasMessageContaining("through to " + stream.address())
          .hasMessageContaining("AllowTcpForwarding");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldReachAReceiverThatStartsLater(String transport) {
    int port = OpenSsh.freePort();
    String address = "tcp://127.0.0.1:" + port;
    try (OpenSsh server = OpenSsh.start(folder);
        FrameSender sender =
            through(server)
                .apply(NetGear.sender(address).pattern("request-reply").uncompressed())
                .transport(transport)
                .maxRetries(0)
                .requestTimeout(Duration.ofSeconds(1))
                .open()) {
      Frame frame = Frame.allocate(FrameFormat.of(8, 8, PixelFormat.GRAY));
      sender.send(frame);
      try (FrameReceiver receiver =
          NetGear.receiver(address).transport(transport).pattern("request-reply").open()) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  sender.send(frame);
                  Optional<ReceivedFrame> received = receiver.recv(Duration.ofMillis(10));
                  received.ifPresent(ReceivedFrame::close);
                  return received.isPresent();
                });
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zmq, tls://a:5555, a tunnel carries tcp alone: take a tcp address",
    "netty, ipc:///tmp/a:5555, a tunnel carries tcp and tls alone: take a tcp or tls address"
  })
  void shouldSayWhichAddressesGoThroughATunnel(String transport, String address, String answer) {
    SenderBuilder sender =
        NetGear.sender(address).transport(transport).uncompressed().sshTunnel("user@host");

    assertThatThrownBy(sender::explain)
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("Option 'ssh_tunnel_mode' is set, but address " + address)
        .hasMessageContaining(answer);
  }

  @Test
  void shouldEndAllThreadsAndFreeThePortOnClose() {
    try (OpenSsh server = OpenSsh.start(folder)) {
      try (TunnelledStream stream = TunnelledStream.open("pair", through(server))) {
        stream.deliver(3);
        assertThat(tunnelThreads()).isNotEmpty();
      }

      await().atMost(Duration.ofSeconds(30)).until(() -> tunnelThreads().isEmpty());
    }
  }

  private static List<String> tunnelThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("netgear-ssh-") || name.startsWith("Connect thread"))
        .toList();
  }
}
