package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.spi.WebSpec;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's own way to the pictures. */
@Timeout(60)
class WebSocketViewerTest {
  private static final int HEADER = 48;

  private final Deque<Page> pages = new ArrayDeque<>();
  private WebLink web = new WebLink();

  @AfterEach
  void closeAndCountBuffers() throws InterruptedException {
    pages.forEach(Page::abort);
    web.close();
    web.awaitNothingLent();
  }

  private Page page(String... headers) {
    Page page = new Page(web, "/live", headers);
    pages.push(page);
    return page;
  }

  private static byte[] jpeg(int number) {
    return WebLink.jpeg(320, 240, 20_000, number);
  }

  @Test
  void shouldBringEachPictureWithWhatThePageSaysAboutIt() {
    web.show(jpeg(0));
    Page page = page();
    await()
        .until(
            () -> page.texts.contains("{\"type\":\"hello\",\"name\":\"camera \\u003c1\\u003e\"}"));
    for (int i = 0; i < 30; i++) {
      ByteBuffer message = page.awaitPicture();
      assertThat(message.getInt(0)).isEqualTo(1);
      assertThat(message.getDouble(8)).isEqualTo(i + 1);
      assertThat(message.getDouble(16)).isEqualTo(i);
      assertThat(message.getDouble(24))
          .isBetween(System.currentTimeMillis() - 60_000.0, System.currentTimeMillis() + 1_000.0);
      assertThat(message.getInt(32)).isEqualTo(320);
      assertThat(message.getInt(36)).isEqualTo(240);
      assertThat(message.getInt(40)).isZero();
      assertThat(message.slice(HEADER, message.limit() - HEADER))
          .isEqualTo(ByteBuffer.wrap(jpeg(i)));
      page.say("shown " + (i + 1));
      assertThat(web.show(jpeg(i + 1))).isTrue();
    }
  }

  @Test
  void shouldGiveASlowViewerTheNewestOnlyWhileOthersGetAll() {
    Page slow = page();
    Page quick = page();
    awaitViewers(2);
    for (int i = 0; i < 50; i++) {
      web.show(jpeg(i));
      quick.awaitPicture();
      quick.say("shown " + (i + 1));
    }
    // two were on their way before anything was answered, and no third follows
    slow.awaitPicture();
    slow.awaitPicture();
    assertThat(slow.pictures).isEmpty();
    slow.say("shown 1");
    ByteBuffer next = slow.awaitPicture();
    assertThat(next.getDouble(16)).isEqualTo(49);
    assertThat(next.getInt(40)).isEqualTo(47);
    // what was written is given back a moment later
    await().until(() -> web.pool.lentBuffers() <= 3);
  }

  @Test
  void shouldTellItsClock() {
    Page page = page();
    page.say("time 1700000000123.456");
    await().until(() -> page.texts.stream().anyMatch(text -> text.contains("\"type\":\"time\"")));
    assertThat(page.texts.toString()).contains("\"of\":1.700000000123456E12,\"now\":1");
  }

  @Test
  void shouldSayWhyNothingIsShown() {
    Page page = page();
    awaitViewers(1);
    web.showRaw();
    await().until(() -> page.texts.toString().contains("raw pixels"));
    Page late = page();
    await().until(() -> late.texts.toString().contains("raw pixels"));
  }

  @Test
  void shouldSayGoodbyeWhenTheLinkCloses() {
    Page page = page();
    awaitViewers(1);
    web.close();
    await().until(() -> page.closed == 1001);
  }

  @Test
  void shouldGoOnAfterARestartAtTheSamePort() {
    Page before = page();
    awaitViewers(1);
    int port = web.port();
    web.close();
    await().until(() -> before.closed == 1001);
    web = new WebLink("127.0.0.1", port, WebLink.OPEN, Timing.USUAL);
    web.show(jpeg(5));
    assertThat(WebLink.number(bytes(page().awaitPicture()))).isEqualTo(5);
  }

  private static byte[] bytes(ByteBuffer message) {
    byte[] jpeg = new byte[message.limit() - HEADER];
    message.get(HEADER, jpeg);
    return jpeg;
  }

  @Test
  void shouldCloseOnViewersThatSayWhatTheyMayNot() {
    for (String words : List.of("shown 1", "shown x", "hello", "time x", "shown -1", "")) {
      Page page = page();
      page.say(words);
      await().until(() -> page.closed == 1008);
    }
    Page binary = page();
    binary.socket.sendBinary(ByteBuffer.wrap(new byte[10]), true);
    await().until(() -> binary.closed == 1003);
    Page talkative = page();
    talkative.say("time " + "1".repeat(200));
    await().until(() -> talkative.closed != 0);
    awaitViewers(0);
  }

  @Test
  void shouldRefuseOtherPagesAndOtherNames() {
    assertRefused(403, "Origin", "http://evil.example");
    assertRefused(403, "Origin", "http://127.0.0.1:1");
    assertRefused(403, "Origin", "null");
    assertRefused(403, "Sec-Fetch-Site", "cross-site");
    page("Origin", "http://127.0.0.1:" + web.port());
    awaitViewers(1);
  }

  @Test
  void shouldAskForTheToken() {
    web.close();
    web = new WebLink(new WebSpec("0123456789abcdef", 4, List.of()), Timing.USUAL);
    assertRefused(401, "Cookie", "netgear_" + web.port() + "=0123456789abcdeX");
    page("Cookie", "netgear_" + web.port() + "=0123456789abcdef");
    awaitViewers(1);
  }

  @Test
  void shouldRefuseMoreViewersThanMayWatch() {
    for (int i = 0; i < 4; i++) {
      page();
    }
    awaitViewers(4);
    assertRefused(503, "X-Some", "header");
    assertThat(web.get("/stream.mjpg").statusCode()).isEqualTo(503);
    pages.pop().abort();
    awaitViewers(3);
    page();
    awaitViewers(4);
  }

  private void assertRefused(int status, String... headers) {
    assertThatThrownBy(() -> new Page(web, "/live", headers))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(status));
  }

  private void awaitViewers(int count) {
    String query = "?token=0123456789abcdef";
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> web.text("/stats" + query).split("\"kind\"", -1).length - 1 == count);
  }

  /** What the page does, as far as the network sees it. */
  private static final class Page implements WebSocket.Listener {
    final Queue<String> texts = new ConcurrentLinkedQueue<>();
    final BlockingQueue<ByteBuffer> pictures = new LinkedBlockingQueue<>();
    final WebSocket socket;
    volatile int closed;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    Page(WebLink web, String path, String... headers) {
      WebSocket.Builder builder = web.client.newWebSocketBuilder();
      for (int i = 0; i < headers.length; i += 2) {
        builder.header(headers[i], headers[i + 1]);
      }
      URI at = URI.create(web.at(path).toString().replace("http", "ws"));
      socket = builder.buildAsync(at, this).orTimeout(20, TimeUnit.SECONDS).join();
    }

    void say(String text) {
      socket.sendText(text, true).orTimeout(20, TimeUnit.SECONDS).join();
    }

    ByteBuffer awaitPicture() {
      try {
        ByteBuffer picture = pictures.poll(20, TimeUnit.SECONDS);
        assertThat(picture).as("a picture in time").isNotNull();
        return picture;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void abort() {
      socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      texts.add(text.toString());
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
      byte[] part = new byte[bytes.remaining()];
      bytes.get(part);
      partial.writeBytes(part);
      if (last) {
        pictures.add(ByteBuffer.wrap(partial.toByteArray()));
        partial.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed = status;
      return null;
    }
  }
}
