package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * libzmq at the other end, in every pattern, whichever binds, through tcp and Unix domain sockets.
 * Skipped where there is no Python with pyzmq.
 */
@Timeout(120)
class LibzmqTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final int COUNT = 5;

  @TempDir Path directory;

  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final Links links = new Links(new NettyTransport(), pool);
  private Process process;
  private BufferedReader printed;

  @BeforeAll
  static void needPython() throws Exception {
    assumeTrue(new File(PYTHON).canExecute(), "there is no " + PYTHON);
    Process probe = new ProcessBuilder(PYTHON, "-c", "import zmq").start();
    assumeTrue(probe.waitFor(60, TimeUnit.SECONDS) && probe.exitValue() == 0, "no pyzmq");
  }

  @AfterEach
  void close() throws Exception {
    links.close();
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  private Link open(LinkRole role, String protocol, boolean bind) {
    String host = protocol.equals("ipc") ? directory.resolve("s").toString() : "127.0.0.1";
    Address address = new Address(protocol, host, 0);
    if (bind) {
      return links.open(role, true, List.of(address), Events.NONE, 1 << 20, 1);
    }
    // a number that was free a moment ago
    try (Link probe = links.open(LinkRole.PULL, true, List.of(address), Events.NONE, 1, 1)) {
      address = probe.addresses().get(0);
    }
    return links.open(role, false, List.of(address), Events.NONE, 1 << 20, 1);
  }

  private void start(String type, Link link, boolean bind) throws IOException {
    process =
        new ProcessBuilder(
                PYTHON,
                "src/test/python/echo.py",
                type,
                bind ? "connect" : "bind",
                link.addresses().get(0).toString(),
                Integer.toString(COUNT))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    printed = process.inputReader();
    assertThat(printed.readLine()).isEqualTo("ready");
  }

  /** It then stands between the frames of messages at times. */
  @Test
  void shouldTakeHeartbeatsWhereverTheyStand() throws Exception {
    int count = 5_000;
    RecordingEvents events = new RecordingEvents();
    Address anyPort = new Address("tcp", "127.0.0.1", 0);
    Link pull = links.open(LinkRole.PULL, true, List.of(anyPort), events, 1 << 20, 1);
    process =
        new ProcessBuilder(
                PYTHON,
                "src/test/python/restless.py",
                pull.addresses().get(0).toString(),
                Integer.toString(count))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    for (int i = 0; i < count; i++) {
      try (Message message = pull.receive(Links.in(20_000))) {
        assertThat(message).isNotNull();
        assertThat(message.parts()).isEqualTo(3);
        assertThat(Links.text(message, 0)).isEqualTo(Integer.toString(i));
      }
    }
    assertThat(events.refused()).isEmpty();
    assertThat(pull.connectionsMade()).isEqualTo(1);
  }

  private Message frame(int number) {
    byte[] bytes = bytes(number);
    PooledBuffer payload = pool.acquire(bytes.length);
    payload.bytes().put(0, bytes);
    byte[] header = ("header " + number).getBytes(StandardCharsets.US_ASCII);
    return Message.of(PooledBuffer.unpooled(ByteBuffer.wrap(header)), payload);
  }

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[300_000 + number];
    Arrays.fill(bytes, (byte) number);
    return bytes;
  }

  private static void assertFrame(Message message, String header, int number) {
    assertThat(message).isNotNull();
    try (message) {
      assertThat(message.parts()).isEqualTo(2);
      assertThat(Links.text(message, 0)).isEqualTo(header + " " + number);
      assertThat(message.part(1).duplicate()).isEqualTo(ByteBuffer.wrap(bytes(number)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PAIR, PAIR, tcp, true", "PAIR, PAIR, tcp, false", "PAIR, PAIR, ipc, true",
    "PAIR, PAIR, ipc, false", "REQUEST, REP, tcp, true", "REQUEST, REP, tcp, false",
    "REQUEST, REP, ipc, true", "REQUEST, REP, ipc, false"
  })
  void shouldBeAnswered(LinkRole role, String type, String protocol, boolean bind)
      throws IOException {
    Link link = open(role, protocol, bind);
    start(type, link, bind);
    for (int i = 0; i < COUNT; i++) {
      assertThat(link.send(frame(i), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertFrame(link.receive(Links.in(20_000)), "HEADER", i);
    }
    assertThat(printed.readLine()).isEqualTo("done");
  }

  @ParameterizedTest
  @CsvSource({"tcp, true", "tcp, false", "ipc, true", "ipc, false"})
  void shouldAnswer(String protocol, boolean bind) throws IOException {
    Link link = open(LinkRole.REPLY, protocol, bind);
    start("REQ", link, bind);
    for (int i = 0; i < COUNT; i++) {
      assertFrame(link.receive(Links.in(20_000)), "header", i);
      link.reply(frame(i));
    }
    assertThat(printed.readLine()).isEqualTo("done");
  }

  @ParameterizedTest
  @CsvSource({
    "PULL, PUSH, tcp, true", "PULL, PUSH, tcp, false", "PULL, PUSH, ipc, true",
    "PULL, PUSH, ipc, false", "SUBSCRIBE, PUB, tcp, true", "SUBSCRIBE, PUB, tcp, false",
    "SUBSCRIBE, PUB, ipc, true", "SUBSCRIBE, PUB, ipc, false"
  })
  void shouldReceive(LinkRole role, String type, String protocol, boolean bind) throws IOException {
    Link link = open(role, protocol, bind);
    start(type, link, bind);
    int next = 0;
    for (int i = 0; i < COUNT; i++) {
      Message message = link.receive(Links.in(20_000));
      assertThat(message).isNotNull();
      int number = Integer.parseInt(Links.text(message, 0).substring("header ".length()));
      assertThat(number).isGreaterThanOrEqualTo(next);
      assertFrame(message, "header", number);
      next = number + 1;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUSH, PULL, tcp, true", "PUSH, PULL, tcp, false", "PUSH, PULL, ipc, true",
    "PUSH, PULL, ipc, false", "PUBLISH, SUB, tcp, true", "PUBLISH, SUB, tcp, false",
    "PUBLISH, SUB, ipc, true", "PUBLISH, SUB, ipc, false"
  })
  void shouldSend(LinkRole role, String type, String protocol, boolean bind) throws IOException {
    Link link = open(role, protocol, bind);
    start(type, link, bind);
    for (int i = 0; i < COUNT; i++) {
      int number = i;
      // a publisher drops until somebody has subscribed
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> link.send(frame(number), Links.in(20_000)) == SendResult.SENT);
      CRC32 crc = new CRC32();
      crc.update(bytes(i));
      assertThat(printed.readLine()).isEqualTo("2 " + bytes(i).length + " " + crc.getValue());
    }
    assertThat(printed.readLine()).isEqualTo("done");
  }
}
