package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.InvalidOptionsException;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.SecureMode;
import io.netgear.TransportException;
import io.netgear.testkit.Threads;
import io.netgear.transport.netty.TlsDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole streams inside TLS, as an application opens them. */
@Timeout(120)
class TlsStreamTest {
  private static final FrameFormat FORMAT = FrameFormat.of(64, 48, PixelFormat.BGR);
  private static final Duration MOMENT = Duration.ofMillis(200);

  @TempDir static Path certificates;

  /** Another authority's. */
  @TempDir static Path foreign;

  @BeforeAll
  static void makeCertificates() {
    TlsDirectory.at(certificates).makeOwn(List.of(), Duration.ofDays(1), false);
    TlsDirectory.at(foreign).makeOwn(List.of(), Duration.ofDays(1), false);
  }

  private static FrameReceiver receiver(String address, String pattern) {
    return NetGear.receiver(address)
        .transport("netty")
        .keys(certificates)
        .pattern(pattern)
        .idleLimit(Duration.ZERO)
        .open();
  }

  private static FrameSender sender(FrameReceiver to, String pattern, Path keys) {
    return NetGear.sender(to.addresses().get(0).toString())
        .transport("netty")
        .keys(keys)
        .pattern(pattern)
        .uncompressed()
        .requestTimeout(Duration.ofMillis(500))
        .maxRetries(0)
        .open();
  }

  /** Sends until a frame that was sent from now on arrives. */
  private static void assertArrives(FrameSender sender, FrameReceiver receiver, Frame frame) {
    for (int i = 0; i < 200; i++) {
      CompletableFuture<Receipt> sending = Threads.supply(() -> sender.send(frame));
      ReceivedFrame received = receiver.recv(MOMENT).orElse(null);
      sending.join();
      if (received != null) {
        try (received) {
          assertThat(Stream.bytes(received.frame())).isEqualTo(Stream.bytes(frame));
          return;
        }
      }
    }
    throw new AssertionError("nothing arrived: " + sender.stats() + " " + receiver.stats());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply", "publish-subscribe", "push-pull"})
  void shouldArriveAndGoOnWhenTheReceiverComesBack(String pattern) {
    Frame frame = Stream.noise(FORMAT, 7);
    FrameReceiver first = receiver("tls://127.0.0.1:0", pattern);
    try (FrameSender sender = sender(first, pattern, certificates)) {
      assertArrives(sender, first, frame);
      String address = first.addresses().get(0).toString();
      assertThat(address).startsWith("tls://");
      first.close();
      try (FrameReceiver second = receiver(address, pattern)) {
        assertArrives(sender, second, frame);
      }
    } finally {
      first.close();
    }
  }

  @Test
  void shouldCountWhoeverIsRefused() {
    try (FrameReceiver receiver = receiver("tls://127.0.0.1:0", "request-reply");
        FrameSender stranger = sender(receiver, "request-reply", foreign)) {
      assertThat(stranger.send(Stream.noise(FORMAT, 1)).delivered()).isFalse();
      assertThat(receiver.recv(MOMENT)).isEmpty();
      // a handshake may take longer than the sender waits
      await().until(() -> receiver.stats().refused() > 0 && stranger.stats().refused() > 0);
      assertThat(receiver.stats().frames()).isZero();
    }
  }

  @Test
  void shouldSayWhatProtectsTheLinkAndNeverASecret() {
    try (FrameReceiver receiver = receiver("tls://127.0.0.1:0", "pair")) {
      assertThat(receiver.explain())
          .contains("TLS 1.3 with certificates on both ends, from " + certificates)
          .doesNotContain("PRIVATE");
    }
  }

  @Test
  void shouldNotOpenWithoutCertificates(@TempDir Path empty) {
    assertThatThrownBy(
            () -> NetGear.receiver("tls://127.0.0.1:0").transport("netty").keys(empty).open())
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("own.crt")
        .hasMessageContaining("netgear keys --tls");
  }

  @Test
  void shouldRefuseWhatDoesNotGoWithTls() {
    assertThatThrownBy(
            () ->
                NetGear.receiver("tls://127.0.0.1:0")
                    .transport("netty")
                    .secure(SecureMode.IRONHOUSE)
                    .open())
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("protected by its protocol");
    assertThatThrownBy(() -> NetGear.receiver("tls://127.0.0.1:0").transport("zmq").open())
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("offers tcp");
  }
}
