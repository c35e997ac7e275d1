package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.testkit.LeakCheckingPool;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Browsers inside TLS: they need no certificate, and everybody else does. */
@Timeout(60)
class WebTlsTest {
  private static final Address ANY_PORT = new Address("tls", "127.0.0.1", 0);

  @TempDir Path directory;

  private Ends ends;
  private WebLink web;

  @BeforeEach
  void makeAuthority() throws Exception {
    ends = new Ends(directory);
  }

  @AfterEach
  void closeAndCountBuffers() throws InterruptedException {
    web.close();
    web.awaitNothingLent();
  }

  private void open(TlsEngine engine) throws Exception {
    web = new WebLink(ANY_PORT, ends.end("good").by(engine), WebLink.OPEN, Timing.USUAL);
    web.show(WebLink.jpeg(64, 48, 300_000, 3));
  }

  /** Trusts the authority, and has no certificate of its own. */
  private SSLContext browser() throws Exception {
    X509Certificate authority =
        Pem.certificates(directory.resolve("good").resolve("ca.crt")).get(0);
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private HttpClient client() throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(browser())
        .connectTimeout(Duration.ofSeconds(20))
        .build();
  }

  private URI at(String scheme, String path) {
    return URI.create(scheme + "://localhost:" + web.port() + path);
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void shouldServePagePictureAndStreamEncrypted(TlsEngine engine) throws Exception {
    open(engine);
    assertThat(web.link.webAddresses())
        .containsExactly(URI.create("https://127.0.0.1:" + web.port() + "/"));
    HttpClient client = client();
    HttpResponse<byte[]> picture =
        client.send(
            HttpRequest.newBuilder(at("https", "/snapshot.jpg")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(picture.body()).isEqualTo(WebLink.jpeg(64, 48, 300_000, 3));
    HttpResponse<InputStream> stream =
        client.send(
            HttpRequest.newBuilder(at("https", "/stream.mjpg")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = stream.body()) {
      assertThat(in.readNBytes(200_000)).hasSize(200_000);
    }
    Pictures pictures = new Pictures();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Origin", "https://localhost:" + web.port())
            .buildAsync(at("wss", "/live"), pictures)
            .orTimeout(20, TimeUnit.SECONDS)
            .join();
    assertThat(pictures.bytes.poll(20, TimeUnit.SECONDS)).isNotNull();
    socket.abort();
  }

  @Test
  void shouldServeSubscribersThatShowACertificate() throws Exception {
    open(TlsEngine.best());
    try (Links links = new Links(new NettyTransport(), new LeakCheckingPool());
        Link subscriber =
            links.open(
                LinkRole.SUBSCRIBE, false, web.link.addresses(), Events.NONE, ends.end("good"))) {
      await()
          .until(
              () -> {
                web.link.send(Links.text("to subscribers"), Links.in(1_000));
                return "to subscribers".equals(Links.receiveText(subscriber, 50));
              });
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void shouldTurnAwayWhoeverShowsNoneAndIsNoBrowser(TlsEngine engine) throws Exception {
    open(engine);
    try (SSLSocket peer =
        (SSLSocket) browser().getSocketFactory().createSocket("localhost", web.port())) {
      peer.setSoTimeout(20_000);
      peer.getOutputStream().write(Greeting.own());
      assertThat(peer.getInputStream().readAllBytes()).isEmpty();
    }
    await()
        .until(() -> web.events.refused().toString().contains("it showed no certificate, which"));
    assertThat(web.link.connectionsMade()).isZero();
  }

  @Test
  void shouldTurnAwayBrowsersThatShowABadOne() throws Exception {
    open(TlsEngine.best());
    HttpClient stranger =
        HttpClient.newBuilder()
            .sslContext(ends.end("expired").context())
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    assertThatThrownBy(
            () ->
                stranger.send(
                    HttpRequest.newBuilder(at("https", "/stats")).build(),
                    HttpResponse.BodyHandlers.ofByteArray()))
        .isInstanceOf(java.io.IOException.class);
    await().until(() -> !web.events.refused().isEmpty());
  }

  @Test
  void shouldNotAnswerPlainHttpWhereTlsIsSpoken() throws Exception {
    open(TlsEngine.best());
    try (Socket plain = new Socket("127.0.0.1", web.port())) {
      plain.setSoTimeout(20_000);
      plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes("ASCII"));
      assertThat(new String(plain.getInputStream().readAllBytes(), "ISO-8859-1"))
          .doesNotContain("HTTP/1.1");
    }
    await().until(() -> !web.events.refused().isEmpty());
  }

  /** Whoever trusts other authorities does not trust this one. */
  @Test
  void shouldBeRefusedByBrowsersThatDoNotKnowTheAuthority() throws Exception {
    open(TlsEngine.best());
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(at("https", "/")).build(),
                        HttpResponse.BodyHandlers.ofByteArray()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private static final class Pictures implements WebSocket.Listener {
    final LinkedBlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      bytes.add(data.remaining());
      from.request(1);
      return null;
    }
  }
}
