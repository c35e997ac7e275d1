package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Events;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.WebSpec;
import io.netgear.testkit.LeakCheckingPool;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What browsers get at the port at which subscribers come too. */
@Timeout(60)
class WebTest {
  private static final String TOKEN = "0123456789abcdef-._~";

  private WebLink web = new WebLink();

  @AfterEach
  void closeAndCountBuffers() throws InterruptedException {
    web.close();
    web.awaitNothingLent();
  }

  private void guarded() {
    web.close();
    web = new WebLink(new WebSpec(TOKEN, 4, List.of("cam.example.org")), Timing.USUAL);
  }

  @Test
  void shouldServeThePageWithWhatBrowsersMustKnowToBeSafe() {
    HttpResponse<byte[]> page = web.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .contains("ws://127.0.0.1:" + web.port())
        .doesNotContain("unsafe");
    String html = new String(page.body(), StandardCharsets.UTF_8);
    assertThat(html).contains("/viewer.js", "/viewer.css", "aria-label");
    assertThat(html.replaceAll("http://www.w3.org/2000/svg", "")).doesNotContain("http", "<style");
    assertThat(web.get("/viewer.js").headers().firstValue("content-type").orElse(""))
        .startsWith("text/javascript");
    assertThat(web.get("/viewer.css").statusCode()).isEqualTo(200);
    assertThat(web.get("/icon.svg").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldServeTheNewestPictureUntouched() {
    assertThat(web.get("/snapshot.jpg").statusCode()).isEqualTo(503);
    for (int i = 0; i < 3; i++) {
      byte[] jpeg = WebLink.jpeg(640, 480, 50_000 + i, i);
      web.show(jpeg);
      HttpResponse<byte[]> got = web.get("/snapshot.jpg");
      assertThat(got.body()).isEqualTo(jpeg);
      assertThat(got.headers().firstValue("content-type")).hasValue("image/jpeg");
      assertThat(got.headers().firstValue("cross-origin-resource-policy")).hasValue("same-origin");
    }
  }

  @Test
  void shouldTellHowItGoes() {
    web.show(WebLink.jpeg(1280, 720, 10_000, 1));
    web.show(WebLink.jpeg(1280, 720, 10_000, 2));
    assertThat(web.text("/stats"))
        .contains("\"name\":\"camera \\u003c1\\u003e\"", "\"frames\":2", "\"width\":1280")
        .contains("\"height\":720", "\"sequence\":1", "\"bytes\":10000", "\"viewers\":[]");
  }

  @Test
  void shouldStreamPicturesToAnyoneWhoReadsMultipart() throws IOException {
    web.show(WebLink.jpeg(64, 48, 3_000, 0));
    HttpResponse<InputStream> stream = stream("/stream.mjpg");
    assertThat(stream.headers().firstValue("content-type"))
        .hasValue("multipart/x-mixed-replace; boundary=netgear-frame");
    try (Multipart parts = new Multipart(stream.body())) {
      for (int i = 0; i < 20; i++) {
        assertThat(parts.next()).isEqualTo(WebLink.jpeg(64, 48, 3_000, i));
        web.show(WebLink.jpeg(64, 48, 3_000, i + 1));
      }
      assertThat(web.text("/stats")).contains("\"kind\":\"mjpeg\"");
    }
    await().until(() -> web.text("/stats").contains("\"viewers\":[]"));
  }

  private HttpResponse<InputStream> stream(String path) {
    return web.client
        .sendAsync(
            HttpRequest.newBuilder(web.at(path)).build(), HttpResponse.BodyHandlers.ofInputStream())
        .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
        .join();
  }

  @Test
  void shouldServeSubscribersAtTheSamePort() {
    web.show(WebLink.jpeg(64, 48, 3_000, 7));
    try (Links links = new Links(new NettyTransport(), new LeakCheckingPool());
        Link subscriber =
            links.open(LinkRole.SUBSCRIBE, false, web.link.addresses(), Events.NONE, 64 << 20, 1)) {
      await()
          .until(
              () -> {
                web.link.send(Links.text("to subscribers"), Links.in(1_000));
                return "to subscribers".equals(Links.receiveText(subscriber, 50));
              });
      assertThat(web.get("/snapshot.jpg").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldSayThatRawPixelsCannotBeShown() {
    web.show(WebLink.jpeg(64, 48, 3_000, 1));
    assertThat(web.showRaw()).isFalse();
    HttpResponse<byte[]> answer = web.get("/snapshot.jpg");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("raw pixels", "switch compression on");
    assertThat(web.text("/stats")).contains("\"unshowable\":\"The sender sends raw");
    web.show(WebLink.jpeg(64, 48, 3_000, 2));
    assertThat(web.get("/snapshot.jpg").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAskForTheTokenAndTakeItInEachWay() {
    guarded();
    web.show(WebLink.jpeg(64, 48, 3_000, 1));
    for (String path : List.of("/", "/snapshot.jpg", "/stream.mjpg", "/stats", "/live", "/x")) {
      assertThat(web.get(path).statusCode()).as(path).isEqualTo(401);
      assertThat(web.get(path + "?token=0123456789abcdef-._").statusCode()).isEqualTo(401);
    }
    assertThat(web.text("/")).contains("A token is needed", "<form").doesNotContain(TOKEN);
    HttpResponse<byte[]> page = web.get("/?token=" + TOKEN);
    assertThat(page.statusCode()).isEqualTo(200);
    String cookie = page.headers().firstValue("set-cookie").orElse("");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "netgear_" + web.port());
    assertThat(web.get("/stats", "Cookie", cookie.split(";", 2)[0]).statusCode()).isEqualTo(200);
    assertThat(web.get("/stats", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    assertThat(web.get("/viewer.css").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> picture = web.get("/snapshot.jpg?token=" + TOKEN);
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("cross-origin-resource-policy"))
        .hasValue("cross-origin");
    await().until(() -> !web.events.refused().isEmpty());
    assertThat(web.events.refused().toString()).contains("not the right one").doesNotContain(TOKEN);
  }

  @Test
  void shouldMakeUpATokenWhereOthersMayCome() {
    web.close();
    web = new WebLink("0.0.0.0", 0, WebLink.OPEN, Timing.USUAL);
    List<URI> addresses = web.link.webAddresses();
    assertThat(addresses).isNotEmpty().allMatch(each -> each.getQuery().matches("token=.{22}"));
    assertThat(addresses).extracting(URI::getHost).contains("localhost").doesNotContain("0.0.0.0");
    assertThat(web.get("/stats").statusCode()).isEqualTo(401);
    assertThat(web.get("/stats?" + addresses.get(0).getQuery()).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldNeedNoTokenAtLoopback() {
    assertThat(web.link.webAddresses())
        .containsExactly(URI.create("http://127.0.0.1:" + web.port() + "/"));
    assertThat(web.get("/stats").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAnswerHeadWithoutABody() {
    web.show(WebLink.jpeg(64, 48, 3_000, 1));
    for (String path : List.of("/", "/snapshot.jpg", "/stream.mjpg")) {
      HttpResponse<byte[]> head =
          web.client
              .sendAsync(
                  HttpRequest.newBuilder(web.at(path))
                      .method("HEAD", HttpRequest.BodyPublishers.noBody())
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
              .join();
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  /** Takes a multipart stream apart. */
  private static final class Multipart implements AutoCloseable {
    private final InputStream in;

    Multipart(InputStream in) throws IOException {
      this.in = new BufferedInputStream(in);
      assertThat(line()).isEqualTo("--netgear-frame");
    }

    byte[] next() throws IOException {
      int length = -1;
      for (String line = line(); !line.isEmpty(); line = line()) {
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring("Content-Length: ".length()));
        }
      }
      byte[] part = in.readNBytes(length);
      assertThat(line()).isEmpty();
      assertThat(line()).isEqualTo("--netgear-frame");
      return part;
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        assertThat(c).as("byte of a line").isNotNegative();
        line.append((char) c);
      }
      return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
