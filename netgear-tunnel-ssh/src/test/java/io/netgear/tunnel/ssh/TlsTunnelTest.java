package io.netgear.tunnel.ssh;

import static io.netgear.tunnel.ssh.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Events;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.Peer;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.transport.netty.TlsDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS from one end to the other, through a real OpenSSH server that sees none of it. The tunnel's
 * local end is at 127.0.0.1, which is not the host that the sender asks for.
 */
class TlsTunnelTest {
  private static final Frame FRAME = Frame.allocate(FrameFormat.of(640, 480, PixelFormat.BGR));

  @TempDir Path folder;
  @TempDir Path certificates;

  private FrameReceiver receiverOf(String host) {
    TlsDirectory directory = TlsDirectory.at(certificates);
    directory.makeOwn(List.of(), Duration.ofDays(1), false);
    Path own = directory.makeFor("receiver", List.of(host), Duration.ofDays(1), false);
    return NetGear.receiver("tls://127.0.0.1:0")
        .transport("netty")
        .pattern("request-reply")
        .keys(own)
        .open();
  }

  private FrameSender sender(OpenSsh server, String address, Events events) {
    return NetGear.sender(address)
        .transport("netty")
        .pattern("request-reply")
        .keys(certificates)
        .uncompressed()
        .requestTimeout(Duration.ofSeconds(1))
        .maxRetries(0)
        .sshTunnel(server.server())
        .sshKeyFile(server.userKey())
        .sshKnownHosts(server.knownHosts())
        .onEvent(events)
        .open();
  }

  private static String asLocalhost(FrameReceiver receiver) {
    return receiver.addresses().get(0).toString().replace("127.0.0.1", "localhost");
  }

  @Test
  void shouldMeetTheHostThatTheCertificateIsFor() {
    try (OpenSsh server = OpenSsh.start(folder);
        FrameReceiver receiver = receiverOf("localhost");
        FrameSender sender = sender(server, asLocalhost(receiver), Events.NONE)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                sender.send(FRAME);
                Optional<ReceivedFrame> received = receiver.recv(Duration.ofMillis(10));
                received.ifPresent(ReceivedFrame::close);
                return received.isPresent();
              });
    }
  }

  @Test
  void shouldRefuseACertificateThatIsForTheTunnelsLocalEnd() {
    List<String> refused = new CopyOnWriteArrayList<>();
    Events events =
        new Events() {
          @Override
          public void refused(Peer peer, String reason) {
            refused.add(peer.address() + " " + reason);
          }
        };
    try (OpenSsh server = OpenSsh.start(folder);
        FrameReceiver receiver = receiverOf("127.0.0.1");
        FrameSender sender = sender(server, asLocalhost(receiver), events)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                assertThat(sender.send(FRAME).delivered()).isFalse();
                return !refused.isEmpty();
              });
      assertThat(refused.get(0))
          .startsWith(asLocalhost(receiver))
          .contains("is for 127.0.0.1, not for the host that was asked for");
    }
  }
}
