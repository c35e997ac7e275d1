package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static io.netgear.it.Patience.awaitNothingLent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.Security;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.spi.Ticker;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import io.netgear.transport.zmq.ZmqTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * In every pattern of the Python wire: a bad message is counted, answered where that is the custom,
 * and the next good one arrives.
 */
@Timeout(120)
class BadMessageTest {
  private static final String JPEG =
      "{\"terminate_flag\": false, \"compression\": {\"dct\": true, \"ups\": false, \"colorspace\":"
          + " \"BGR\"}, \"message\": null, \"pattern\": \"1\", \"dtype\": \"\", \"shape\": \"\"}";

  /** A JPEG of 65535 x 65535 pixels, or so it says. */
  private static final byte[] VAST_JPEG =
      HexFormat.of().parseHex("ffd8ffc0001108ffffffff03012200021101031101ffd9");

  private static final Map<String, List<byte[]>> BAD = new LinkedHashMap<>();

  static {
    bad("text that is no JSON", "hello");
    bad("nothing", "");
    bad("a list", "[]");
    bad("an object without compression", "{}");
    bad("a frame without a payload", JPEG);
    bad("a third part", JPEG, "x", "y");
    bad("an empty payload for a JPEG", JPEG, "");
    bad("an empty payload for an array", raw("uint8", "[4]"), "");
    bad("a header of 64 MB", " ".repeat(64_000_000));
    bad("deep nesting", "[".repeat(100_000));
    bad("a deeply nested message", "{\"message\": " + "[".repeat(900_000));
    bad("a terminate_flag that is no flag", "{\"terminate_flag\": \"perhaps\"}");
    bad("a shape that claims 2 GB", raw("uint8", "[2147483647]"), "x");
    bad("a shape that claims more than 2 GB", raw("float64", "[65536, 65536, 4]"), "x");
    bad("a shape whose size overflows", raw("uint8", "[65536, 65536, 65536, 65536]"), "");
    bad("a shape that does not fit", raw("uint8", "[2, 2]"), "12345");
    bad("a type that does not fit", raw("float32", "[2, 2]"), "1234");
    bad("a negative size", raw("uint8", "[-1, -4]"), "1234");
    bad("five dimensions", raw("uint8", "[1, 1, 1, 2, 2]"), "1234");
    bad("no dimension", raw("uint8", "[]"), "1");
    bad("a type that is no name", raw("complex128", "[1]"), "1234567812345678");
    bad("a type in the other byte order", raw(">f4", "[1]"), "1234");
  }

  private static void bad(String what, String... parts) {
    BAD.put(what, parts(parts));
  }

  private static String raw(String dtype, String shape) {
    return "{\"compression\": false, \"dtype\": \"" + dtype + "\", \"shape\": " + shape + "}";
  }

  private static List<byte[]> parts(String... parts) {
    return Arrays.stream(parts).map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static List<byte[]> good(String message) {
    return parts(
        "{\"compression\": false, \"message\": \""
            + message
            + "\", \"dtype\": \"uint8\", \"shape\": [2, 2]}",
        "1234");
  }

  @ParameterizedTest
  @CsvSource({"zmq, 0", "zmq, 1", "zmq, 2", "netty, 0", "netty, 1", "netty, 2"})
  void shouldCountEveryBadMessageAndTakeTheNextGoodOne(String transport, int pattern) {
    LeakCheckingPool pool = new LeakCheckingPool();
    try (FrameReceiver receiver = receiver(transport, pattern, pool);
        Link peer = sender(pattern, receiver, pool)) {
      acquaint(peer, pattern, receiver);
      long counted = 0;
      for (Map.Entry<String, List<byte[]>> bad : BAD.entrySet()) {
        say(peer, pattern, bad.getValue());
        long expected = ++counted;
        await()
            .alias(bad.getKey())
            .atMost(Stream.LIMIT)
            .untilAsserted(() -> assertThat(receiver.stats().badMessages()).isEqualTo(expected));

        say(peer, pattern, good(bad.getKey()));
        assertArrives(receiver, bad.getKey());
      }
      assertThat(receiver.stats().totalDropped()).isZero();
      assertThat(receiver.stats().balanced()).isTrue();
      assertThat(receiver.ended()).isFalse();
    }
    awaitNothingLent(pool);
  }

  @ParameterizedTest
  @CsvSource({"zmq, 0", "zmq, 1", "zmq, 2", "netty, 0", "netty, 1", "netty, 2"})
  void shouldDropWhatIsNoJpegAndTakeTheNextGoodFrame(String transport, int pattern) {
    List<byte[]> broken =
        List.of(
            "no JPEG".getBytes(StandardCharsets.UTF_8),
            new byte[] {(byte) 0xFF, (byte) 0xD8},
            new byte[100],
            VAST_JPEG);
    LeakCheckingPool pool = new LeakCheckingPool();
    try (FrameReceiver receiver = receiver(transport, pattern, pool);
        Link peer = sender(pattern, receiver, pool)) {
      acquaint(peer, pattern, receiver);
      for (int i = 0; i < broken.size(); i++) {
        CompletableFuture<Void> receiving = Threads.run(() -> assertArrives(receiver, "after it"));
        say(peer, pattern, List.of(JPEG.getBytes(StandardCharsets.UTF_8), broken.get(i)));
        long dropped = i + 1;
        await()
            .atMost(Stream.LIMIT)
            .untilAsserted(
                () ->
                    assertThat(receiver.stats().dropped())
                        .isEqualTo(Map.of(DropReason.UNDECODABLE, dropped)));
        say(peer, pattern, good("after it"));
        receiving.join();
      }
      assertThat(receiver.stats().balanced()).isTrue();
    }
    awaitNothingLent(pool);
  }

  @ParameterizedTest
  @CsvSource({"zmq, 0", "zmq, 1", "netty, 0", "netty, 1"})
  void shouldCountEveryBadAnswerAndTakeTheNextGoodOne(String transport, int pattern) {
    Map<String, List<byte[]>> bad = new LinkedHashMap<>(BAD);
    // In an answer these two have another meaning, or none that could be wrong.
    bad.remove("a third part");
    bad.put("three parts", parts("{\"return_type\": \"int\", \"data\": 1}", "x", "y"));
    bad.put("a payload of no array", parts("{\"return_type\": \"int\", \"data\": 1}", "x"));
    bad.put(
        "an array that is not there",
        parts("{\"return_type\": \"ndarray\", \"compression\": false}"));
    bad.put(
        "an array that does not fit",
        parts(
            "{\"return_type\": \"ndarray\", \"compression\": false, \"array_dtype\": \"uint8\","
                + " \"array_shape\": [3]}",
            "x"));
    LeakCheckingPool pool = new LeakCheckingPool();
    Frame frame = Stream.gradient(FrameFormat.of(16, 16, PixelFormat.GRAY));
    LinkRole role = pattern == 0 ? LinkRole.PAIR : LinkRole.REPLY;
    try (Link peer = link(role, true, Address.parse("tcp://127.0.0.1:0"), pool);
        FrameSender sender =
            NetGear.sender(peer.addresses().get(0).toString())
                .transport(transport)
                .pattern(pattern)
                .bidirectional()
                .requestTimeout(Stream.LIMIT)
                .pool(pool)
                .open()) {
      long counted = 0;
      for (Map.Entry<String, List<byte[]>> answer : bad.entrySet()) {
        Receipt receipt = answered(sender, peer, frame, answer.getValue());

        assertThat(receipt.status()).as(answer.getKey()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(receipt.data()).as(answer.getKey()).isEmpty();
        assertThat(receipt.frame()).as(answer.getKey()).isEmpty();
        assertThat(sender.stats().badMessages()).as(answer.getKey()).isEqualTo(++counted);
        assertThat(
                answered(sender, peer, frame, parts("{\"return_type\": \"int\", \"data\": 7}"))
                    .data())
            .contains(7L);
      }
      assertThat(sender.stats().balanced()).isTrue();
    }
    awaitNothingLent(pool);
  }

  private static Receipt answered(FrameSender sender, Link peer, Frame frame, List<byte[]> answer) {
    CompletableFuture<Receipt> sending = Threads.supply(() -> sender.send(frame));
    try (Message asked = peer.receive(limit())) {
      assertThat(asked).isNotNull();
    }
    peer.reply(message(answer));
    return sending.join();
  }

  private static FrameReceiver receiver(String transport, int pattern, LeakCheckingPool pool) {
    return NetGear.receiver("tcp://127.0.0.1:0")
        .transport(transport)
        .pattern(pattern)
        .queue(QueuePolicy.HOLD_BACK)
        .pool(pool)
        .open();
  }

  private static Link sender(int pattern, FrameReceiver receiver, LeakCheckingPool pool) {
    LinkRole[] roles = {LinkRole.PAIR, LinkRole.REQUEST, LinkRole.PUBLISH};
    return link(roles[pattern], false, receiver.addresses().get(0), pool);
  }

  private static Link link(LinkRole role, boolean bind, Address address, LeakCheckingPool pool) {
    return new ZmqTransport()
        .open(
            new LinkSpec(
                role,
                bind,
                List.of(address),
                8,
                64 << 20,
                Security.NONE,
                pool,
                Events.NONE,
                Ticker.SYSTEM,
                "hostile"));
  }

  /** A publisher drops what it says before its subscriber is known. */
  private static void acquaint(Link peer, int pattern, FrameReceiver receiver) {
    boolean known = false;
    while (!known) {
      peer.send(message(good("hello")), limit());
      ReceivedFrame received = receiver.recv(Duration.ofMillis(100)).orElse(null);
      known = received != null;
      if (known) {
        received.close();
      }
    }
    if (pattern < 2) {
      peer.receive(limit()).close();
    }
  }

  private static void say(Link peer, int pattern, List<byte[]> parts) {
    assertThat(peer.send(message(parts), limit())).isEqualTo(SendResult.SENT);
    if (pattern < 2) {
      try (Message answer = peer.receive(limit())) {
        assertThat(answer).as("the answer").isNotNull();
      }
    }
  }

  /** What was said to make acquaintance may still come before. */
  private static void assertArrives(FrameReceiver receiver, String message) {
    Object arrived = "hello";
    while ("hello".equals(arrived)) {
      try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
        arrived = received.message();
      }
    }
    assertThat(arrived).isEqualTo(message);
  }

  private static Message message(List<byte[]> parts) {
    return Message.of(
        parts.stream()
            .map(part -> PooledBuffer.unpooled(ByteBuffer.wrap(part)))
            .toArray(PooledBuffer[]::new));
  }

  private static Deadline limit() {
    return Deadline.after(Stream.LIMIT, Ticker.SYSTEM);
  }
}
