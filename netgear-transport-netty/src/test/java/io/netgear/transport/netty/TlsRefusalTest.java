package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is not fit to be spoken to inside TLS is told from the others, and the others are served. */
@Timeout(180)
class TlsRefusalTest {
  private static final Address ANY_PORT = new Address("tls", "127.0.0.1", 0);
  private static final Timing HASTY = new Timing(2_000, 5_000, 2_000, 20, 200, 300);
  private static final Timing PATIENT = new Timing(60_000, 60_000, 2_000, 20, 200, 300);

  @TempDir Path directory;

  private final Links links = new Links(new NettyTransport(null, PATIENT), new LeakCheckingPool());
  private final Links hasty = new Links(new NettyTransport(null, HASTY), links.pool);
  private final RecordingEvents events = new RecordingEvents();
  private Ends ends;

  @BeforeEach
  void makeAuthority() throws GeneralSecurityException {
    ends = new Ends(directory);
  }

  @AfterEach
  void closeAndCountBuffers() throws InterruptedException {
    links.close();
    hasty.close();
    links.pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  private Link bound(Security security, Events events) {
    return links.open(LinkRole.PULL, true, List.of(ANY_PORT), events, security);
  }

  private Link connected(Link to, Security security, Events events) {
    return links.open(LinkRole.PUSH, false, to.addresses(), events, security);
  }

  private void awaitRefused(String why) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(events.refused()).anyMatch(each -> each.contains(why)));
  }

  private void assertServesTheGood(Link pull) throws GeneralSecurityException, IOException {
    try (Link good = connected(pull, ends.end("good"), Events.NONE)) {
      assertThat(good.send(Links.text("good"), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(pull, 20_000)).isEqualTo("good");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BORINGSSL, expired, expired on 2",
    "BORINGSSL, early, is not good before 2",
    "BORINGSSL, stranger, is of another authority",
    "BORINGSSL, selfmade, is self-signed",
    "BORINGSSL, revoked, was revoked here",
    "JDK, expired, expired on 2",
    "JDK, early, is not good before 2",
    "JDK, stranger, is of another authority",
    "JDK, selfmade, is self-signed",
    "JDK, revoked, was revoked here",
  })
  void shouldRefuseWhoeverComesWithAnyOtherCertificate(TlsEngine engine, String kind, String why)
      throws Exception {
    TlsSecurity own = ends.end("good").by(engine);
    TlsSecurity theirs = ends.end(kind).by(engine);
    if (kind.equals("revoked")) {
      ends.revoke(kind, "good");
    }
    RecordingEvents atPeer = new RecordingEvents();
    Link pull = bound(own, events);
    Link push = connected(pull, theirs, atPeer);

    awaitRefused("of '" + kind + "', " + why);
    assertThat(push.send(Links.text("bad"), Links.in(100))).isNotEqualTo(SendResult.SENT);
    assertThat(events.connected()).isEmpty();
    assertThat(atPeer.connected()).isEmpty();
    push.close();
    assertServesTheGood(pull);
  }

  @ParameterizedTest
  @CsvSource({
    "BORINGSSL, expired, expired on 2",
    "BORINGSSL, stranger, is of another authority",
    "BORINGSSL, selfmade, is self-signed",
    "BORINGSSL, revoked, was revoked here",
    "BORINGSSL, elsewhere, 'is for cam.example.org, 192.0.2.7, not for the host'",
    "BORINGSSL, hostless, 'is for no host, not for the host'",
    "JDK, expired, expired on 2",
    "JDK, stranger, is of another authority",
    "JDK, selfmade, is self-signed",
    "JDK, revoked, was revoked here",
    "JDK, elsewhere, 'is for cam.example.org, 192.0.2.7, not for the host'",
    "JDK, hostless, 'is for no host, not for the host'",
  })
  void shouldNotStayWhereAnyOtherCertificateIsShown(TlsEngine engine, String kind, String why)
      throws Exception {
    TlsSecurity own = ends.end("good").by(engine);
    TlsSecurity theirs = ends.end(kind).by(engine);
    if (kind.equals("revoked")) {
      ends.revoke(kind, "good");
    }
    RecordingEvents atPeer = new RecordingEvents();
    Link pull = bound(theirs, atPeer);
    Link push = connected(pull, own, events);

    awaitRefused("of '" + kind + "', " + why);
    assertThat(push.send(Links.text("secret"), Links.in(100))).isNotEqualTo(SendResult.SENT);
    assertThat(events.connected()).isEmpty();
    assertThat(atPeer.connected()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BORINGSSL, TLSv1.3, showed no certificate",
    "BORINGSSL, TLSv1.2, does not speak TLS 1.3",
    "JDK, TLSv1.3, showed no certificate",
    "JDK, TLSv1.2, does not speak TLS 1.3",
  })
  void shouldRefusePeersWithoutCertificateAndOlderTls(TlsEngine engine, String version, String why)
      throws Exception {
    Link pull = bound(ends.end("good").by(engine), events);
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
    Address there = pull.addresses().get(0);
    try (SSLSocket socket =
        (SSLSocket) trusting.getSocketFactory().createSocket(there.host(), there.port())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.setSoTimeout(20_000);
      try {
        socket.startHandshake();
        assertThat(socket.getInputStream().read()).isNegative();
      } catch (IOException e) {
        // an alert or a reset: either way it is not let in
        assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
      }
    }
    awaitRefused(why);
    assertServesTheGood(pull);
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void shouldRefusePlainText(TlsEngine engine) throws Exception {
    Link pull = bound(ends.end("good").by(engine), events);
    for (String words : new String[] {"GET / HTTP/1.1\r\n\r\n", "\377\0\0\0\0\0\0\0\1\177"}) {
      try (RawPeer peer = new RawPeer(pull.addresses().get(0))) {
        peer.bytes(words.getBytes(StandardCharsets.ISO_8859_1)).awaitHangUp();
      }
    }
    await().untilAsserted(() -> assertThat(events.refused()).hasSize(2));
    assertThat(events.refused()).allMatch(each -> each.contains("does not speak TLS"));
    assertServesTheGood(pull);
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void shouldNeitherFallBackToPlainTextNorTakeItFor(TlsEngine engine) throws Exception {
    RecordingEvents atPeer = new RecordingEvents();
    Link plain = links.open(LinkRole.PULL, true, List.of(Links.ANY_PORT), atPeer, Security.NONE);
    List<Address> there = List.of(new Address("tls", "127.0.0.1", plain.addresses().get(0).port()));
    Link push = links.open(LinkRole.PUSH, false, there, events, ends.end("good").by(engine));

    awaitRefused("does not speak TLS");
    await()
        .untilAsserted(
            () -> assertThat(atPeer.refused()).anyMatch(each -> each.contains("but TLS")));
    assertThat(push.send(Links.text("secret"), Links.in(100))).isNotEqualTo(SendResult.SENT);
    assertThat(atPeer.connected()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"BORINGSSL, ''", "BORINGSSL, '\26\3\1\2\0\1'", "JDK, ''", "JDK, '\26\3\1\2\0\1'"})
  void shouldCutWhoDoesNotFinishTheHandshake(TlsEngine engine, String beginning) throws Exception {
    Link pull =
        hasty.open(LinkRole.PULL, true, List.of(ANY_PORT), events, ends.end("good").by(engine));
    try (RawPeer peer = new RawPeer(pull.addresses().get(0))) {
      peer.bytes(beginning.getBytes(StandardCharsets.ISO_8859_1)).awaitHangUp();
    }
    awaitRefused("within 2000 ms");
    assertServesTheGood(pull);
  }

  @Test
  void shouldSayWhichKeysBoringSslDoesNotTake() throws Exception {
    TlsSecurity own = ends.end("good").by(TlsEngine.BORINGSSL);
    PrivateKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    Path file = directory.resolve("good").resolve("own.key");
    OwnedFile.write(file, Pem.text(key), true);

    assertThatThrownBy(() -> bound(own, events))
        .isInstanceOf(TransportException.class)
        .hasMessageContainingAll(file.toString(), "Ed25519", "EC or RSA", "noOpenSsl");
  }

  /** What it had sent by then was decrypted together with what it was turned away for. */
  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void shouldHearNothingMoreOfAPeerThatItTurnsAway(TlsEngine engine) throws Exception {
    TlsSecurity good = ends.end("good");
    SSLContext context = good.context();
    Link pull = bound(good.by(engine), events);
    Address there = pull.addresses().get(0);
    HeldBack wire = new HeldBack(there);
    try (RawPeer peer =
        new RawPeer(
            context.getSocketFactory().createSocket(wire, there.host(), there.port(), true))) {
      peer.meet("PUSH");
      wire.holdBack();
      peer.bytes(new byte[] {(byte) 0x80}); // no frame begins so
      peer.frame(0, "and another thing");
      wire.letGo();

      awaitRefused("flags 128");
      assertThat(Links.receiveText(pull, 500)).isNull();
      assertServesTheGood(pull);
    }
  }

  /** Sends what was written meanwhile in one piece. */
  private static final class HeldBack extends Socket {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding;

    HeldBack(Address to) throws IOException {
      super(to.host(), to.port());
    }

    void holdBack() {
      holding = true;
    }

    void letGo() throws IOException {
      holding = false;
      super.getOutputStream().write(held.toByteArray());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream network = super.getOutputStream();
      return new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          (holding ? held : network).write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
          (holding ? held : network).write(bytes, from, count);
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void shouldStillRefuseAfterAHundredReconnects(TlsEngine engine) throws Exception {
    Link pair =
        links.open(LinkRole.PAIR, true, List.of(ANY_PORT), events, ends.end("good").by(engine));
    Link friend =
        links.open(
            LinkRole.PAIR, false, pair.addresses(), Events.NONE, ends.end("good").by(engine));
    RecordingEvents atStranger = new RecordingEvents();
    Link stranger =
        links.open(
            LinkRole.PAIR, false, pair.addresses(), atStranger, ends.end("stranger").by(engine));
    for (int i = 0; i < 100; i++) {
      assertThat(friend.send(Links.text("m" + i), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(pair, 20_000)).isEqualTo("m" + i);
      friend.abandon();
      pair.abandon();
    }
    assertThat(pair.connectionsMade()).isGreaterThanOrEqualTo(100);
    int before = events.refused().size();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(events.refused()).hasSizeGreaterThan(before));
    assertThat(events.refused()).allMatch(each -> each.contains("'stranger', is of another"));
    assertThat(atStranger.connected()).isEmpty();
    assertThat(stranger.connectionsMade()).isZero();
  }

  /** For a peer that cares for nothing. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
