package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Events;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.testkit.LeakCheckingPool;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever comes as a browser, subscribers and other browsers do not notice, and all memory comes
 * back.
 */
@Timeout(60)
class HostileGuestTest {
  private static final Timing IMPATIENT = new Timing(1_500, 600, 2_000, 20, 1_000, 300);
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
  private static final ResourceLeakDetector.Level LEVEL = ResourceLeakDetector.getLevel();

  private final List<Socket> sockets = new ArrayList<>();
  private final Links links = new Links(new NettyTransport(), new LeakCheckingPool());
  private WebLink web;
  private Link subscriber;

  @BeforeAll
  static void watchForLeaks() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + records));
  }

  /** Netty looks for leaks when memory is asked for. */
  @AfterAll
  static void shouldHaveLeakedNothing() {
    System.gc();
    for (int i = 0; i < 1_000; i++) {
      io.netty.buffer.ByteBufAllocator.DEFAULT.directBuffer(16).release();
    }
    ByteBufUtil.setLeakListener(null);
    ResourceLeakDetector.setLevel(LEVEL);
    assertThat(LEAKS).isEmpty();
  }

  @BeforeEach
  void open() {
    web = new WebLink(WebLink.OPEN, IMPATIENT);
    web.show(WebLink.jpeg(64, 48, 3_000, 1));
    subscriber =
        links.open(LinkRole.SUBSCRIBE, false, web.link.addresses(), Events.NONE, 64 << 20, 1);
    await().until(this::hearsTheStream);
  }

  private boolean hearsTheStream() {
    web.link.send(Links.text("frame"), Links.in(1_000));
    return Links.receiveText(subscriber, 50) != null;
  }

  @AfterEach
  void shouldGoOnForOthersAndGiveAllMemoryBack() throws IOException, InterruptedException {
    assertThat(web.link.connectionsMade()).as("the subscriber's own connection").isEqualTo(1);
    await().until(this::hearsTheStream);
    assertThat(web.get("/snapshot.jpg").statusCode()).isEqualTo(200);
    for (Socket socket : sockets) {
      socket.close();
    }
    links.close();
    web.close();
    web.awaitNothingLent();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), web.port());
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    return socket;
  }

  private Socket say(String words) throws IOException {
    Socket socket = connect();
    send(socket, words);
    return socket;
  }

  private static void send(Socket socket, String words) throws IOException {
    socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All that comes until the other end closes. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int c = in.read(); c >= 0; c = in.read()) {
        answer.append((char) c);
      }
    } catch (SocketException e) { // it closed while there was more to read for it
      assertThat(e).hasMessageContaining("reset");
    }
    return answer.toString();
  }

  private static String request(String line, String... headers) {
    return line + "\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "POST / HTTP/1.1, 405",
    "DELETE /stats HTTP/1.1, 405",
    "CONNECT a:1 HTTP/1.1, 405",
    "GET * HTTP/1.1, 400",
    "GET http://localhost/ HTTP/1.1, 400",
    "GET / HTTP/3.0, 505",
    "GET /../../etc/passwd HTTP/1.1, 404",
    "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1, 404",
    "GET //etc/passwd HTTP/1.1, 404",
    "GET /viewer.html HTTP/1.1, 404",
    "GET /viewer.js/../viewer.html HTTP/1.1, 404",
    "GET /..\\..\\windows HTTP/1.1, 404",
    "GET /live HTTP/1.1, 426",
    "GET /stats?token=%zz HTTP/1.1, 200",
    "GET, 400",
    "AAAAAAAAAAAAAAAAAAA, 400",
  })
  void shouldAnswerStrangeRequestsWithASentence(String line, int status) throws IOException {
    String answer = answer(say(request(line)));
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("nosniff");
    assertThat(answer).doesNotContain("root:", "Exception");
  }

  @Test
  void shouldRefuseRequestsThatAreTooLarge() throws IOException {
    assertThat(answer(say("GET /" + "x".repeat(3_000) + " HTTP/1.1\r\n\r\n"))).contains(" 414 ");
    String header = "X-Large: " + "y".repeat(500);
    String many = (header + "\r\n").repeat(40);
    assertThat(answer(say("GET / HTTP/1.1\r\n" + many + "\r\n"))).contains(" 431 ");
    assertThat(answer(say(request("GET / HTTP/1.1", "Content-Length: 5") + "12345")))
        .contains(" 413 ");
    assertThat(answer(say(request("GET / HTTP/1.1", "Transfer-Encoding: chunked") + "0\r\n\r\n")))
        .contains(" 413 ");
  }

  @Test
  void shouldRefuseNamesThatAreNotThisMachines() throws IOException {
    String rebound = "GET /stats HTTP/1.1\r\nHost: evil.example:" + web.port() + "\r\n\r\n";
    assertThat(answer(say(rebound))).contains(" 421 ", "web_hosts");
    assertThat(answer(say("GET /stats HTTP/1.1\r\n\r\n"))).contains(" 400 ");
    assertThat(answer(say("GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n")))
        .contains(" 400 ");
    assertThat(answer(say("GET / HTTP/1.1\r\nHost: x'; script-src *\r\n\r\n"))).contains(" 400 ");
    assertThat(answer(say("GET /stats HTTP/1.1\r\nHost: [::1]:1\r\n\r\n"))).contains(" 200 ");
    await().until(() -> web.events.refused().toString().contains("evil.example"));
  }

  @Test
  void shouldRefuseBadUpgrades() throws IOException {
    String[] good = {
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    for (int i = 0; i < good.length; i++) {
      String[] bad = good.clone();
      bad[i] = "X-Left-Out: yes";
      assertThat(answer(say(request("GET /live HTTP/1.1", bad)))).contains(" 426 ");
    }
    String[] old = good.clone();
    old[2] = "Sec-WebSocket-Version: 8";
    assertThat(answer(say(request("GET /live HTTP/1.1", old)))).contains(" 426 ");
    String[] foreign = {good[0], good[1], good[2], good[3], "Origin: https://evil.example"};
    assertThat(answer(say(request("GET /live HTTP/1.1", foreign)))).contains(" 403 ");
    Socket unmasked = say(request("GET /live HTTP/1.1", good));
    send(unmasked, "\u0081\u0005hello");
    assertThat(answer(unmasked)).contains(" 101 ");
    Socket endless = say(request("GET /live HTTP/1.1", good));
    send(endless, "\u0081\u00ff\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff1234");
    assertThat(answer(endless)).contains(" 101 ");
  }

  @Test
  void shouldCutThoseWhoTakeTheirTime() throws IOException {
    assertThat(answer(connect())).as("silent").isEmpty();
    assertThat(answer(say("G"))).contains(" 408 ");
    Socket slow = say("GET / HTTP/1.1\r\n");
    String answer;
    try {
      for (int i = 0; i < 10_000; i++) {
        send(slow, "x");
      }
      answer = answer(slow);
    } catch (SocketException e) { // it was cut before it had said all
      answer = " 431 ";
    }
    assertThat(answer).containsAnyOf(" 408 ", " 431 ");
  }

  @Test
  void shouldThrowAwayWhatFollowsTheFirstRequest() throws IOException {
    String first = request("GET /viewer.css HTTP/1.1");
    Random random = new Random(1);
    byte[] garbage = new byte[5_000];
    random.nextBytes(garbage);
    Socket socket =
        say(first + first.repeat(50) + new String(garbage, StandardCharsets.ISO_8859_1));
    String answer = answer(socket);
    assertThat(answer.split("HTTP/1.1 200", -1)).hasSize(2);
  }

  @Test
  void shouldGiveUpViewersThatTakeNothing() throws IOException {
    Socket stopped = connect();
    stopped.setReceiveBufferSize(4_096);
    send(stopped, request("GET /stream.mjpg HTTP/1.1"));
    await().until(() -> web.text("/stats").contains("mjpeg"));
    byte[] large = WebLink.jpeg(640, 480, 4 << 20, 1);
    web.show(large);
    web.show(large);
    await().until(() -> !web.text("/stats").contains("mjpeg"));
    await().until(() -> web.pool.lentBuffers() <= 2);
  }

  @Test
  void shouldTakeOnlySoManyConnections() throws IOException {
    List<Socket> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(say("GET / HTTP/1.1\r\n"));
    }
    int closedAtOnce = 0;
    for (Socket each : many) {
      closedAtOnce += answer(each).isEmpty() ? 1 : 0;
      each.close();
    }
    assertThat(closedAtOnce).isPositive();
    await().until(() -> web.get("/stats").statusCode() == 200);
  }
}
