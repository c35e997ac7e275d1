package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static io.netgear.it.Patience.awaitNothingLent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that no sender would send: counted, answered, skipped; the stream goes on. */
@Timeout(120)
class HostilePeerTest {
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(16, 16, PixelFormat.GRAY));
  private static final String JPEG_HEADER =
      "{\"terminate_flag\": false, \"compression\": {\"dct\": true, \"ups\": false, \"colorspace\":"
          + " \"BGR\"}, \"message\": null, \"pattern\": \"1\", \"dtype\": \"\", \"shape\": \"\"}";

  private static final List<List<byte[]>> BAD =
      List.of(
          parts("not JSON"),
          parts("[]"),
          parts("{}"),
          parts(""),
          parts("[".repeat(100_000)),
          parts("{\"terminate_flag\": \"perhaps\"}"),
          parts(JPEG_HEADER),
          parts(JPEG_HEADER, "x", "a third part"),
          parts("{\"compression\": false, \"dtype\": \"uint8\", \"shape\": [2, 2]}", "12345"),
          parts("{\"compression\": false, \"dtype\": \"uint8\", \"shape\": [-1]}", ""),
          parts(
              "{\"compression\": false, \"dtype\": \"uint8\", \"shape\": [65536, 65536, 65536]}",
              "1"),
          parts("{\"compression\": false, \"dtype\": \"complex128\", \"shape\": [1]}", "12345678"));

  private static List<byte[]> parts(String... parts) {
    return java.util.Arrays.stream(parts)
        .map(part -> part.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldSkipEveryBadMessageAndGoOn(String transport) throws Exception {
    LeakCheckingPool pool = new LeakCheckingPool();
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern("request-reply")
                .pool(pool)
                .open();
        Link peer = link(receiver, LinkRole.REQUEST, pool)) {
      for (List<byte[]> bad : BAD) {
        try (Message answer = ask(peer, bad)) {
          assertThat(answer)
              .as(
                  new String(
                      bad.get(0), 0, Math.min(40, bad.get(0).length), StandardCharsets.UTF_8))
              .isNotNull();
        }
      }
      assertThat(receiver.stats().badMessages()).isEqualTo(BAD.size());
      assertThat(receiver.stats().frames()).isZero();

      assertGoodFrameArrives(receiver, transport);
    }
    awaitNothingLent(pool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldDropPayloadsThatAreNoJpegAndGoOn(String transport) throws Exception {
    LeakCheckingPool pool = new LeakCheckingPool();
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern("request-reply")
                .pool(pool)
                .open();
        Link peer = link(receiver, LinkRole.REQUEST, pool)) {
      try (Message answer = ask(peer, parts(JPEG_HEADER, "this is no JPEG"))) {
        assertThat(answer).isNotNull();
      }
      CompletableFuture<Void> good = Threads.run(() -> assertGoodFrameIsSent(receiver, transport));
      try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
        assertThat(received.message()).isEqualTo("good");
      }
      good.join();
      assertThat(receiver.stats().dropped()).isEqualTo(Map.of(DropReason.UNDECODABLE, 1L));
      assertThat(receiver.stats().balanced()).isTrue();
    }
    awaitNothingLent(pool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldKeepAForgedTimeOfSendingOutOfTheLatency(String transport) throws Exception {
    LeakCheckingPool pool = new LeakCheckingPool();
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern("request-reply")
                .pool(pool)
                .open();
        Link peer = link(receiver, LinkRole.REQUEST, pool)) {
      ask(
              peer,
              parts(
                  "{\"terminate_flag\": false, \"compression\": false, \"message\": null,"
                      + " \"pattern\": \"1\", \"dtype\": \"uint8\", \"shape\": [2, 2],"
                      + " \"netgear\": {\"seq\": 0, \"sent\": 1}}",
                  "abcd"))
          .close();
      receiver.recv(Stream.LIMIT).orElseThrow().close();

      assertThat(receiver.stats().delivered()).isEqualTo(1);
      assertThat(receiver.stats().latency().implausible()).isEqualTo(1);
      assertThat(receiver.stats().latency().count()).isZero();
      assertThat(receiver.stats().latency().max()).isZero();
    }
    awaitNothingLent(pool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldRefuseAMessageOverTheLimitWithoutReservingMemoryForIt(String transport)
      throws Exception {
    LeakCheckingPool pool = new LeakCheckingPool();
    LeakCheckingPool peersPool = new LeakCheckingPool();
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern("request-reply")
                .maxMessageBytes(1 << 20)
                .pool(pool)
                .open();
        Link peer = link(receiver, LinkRole.REQUEST, peersPool)) {
      PooledBuffer huge = peersPool.acquire(8 << 20);
      Message message =
          Message.of(
              PooledBuffer.unpooled(ByteBuffer.wrap(JPEG_HEADER.getBytes(StandardCharsets.UTF_8))),
              huge);
      assertThat(peer.send(message, Deadline.after(Stream.LIMIT, Ticker.SYSTEM)))
          .isEqualTo(SendResult.SENT);

      assertThat(peer.receive(Deadline.after(Duration.ofMillis(300), Ticker.SYSTEM))).isNull();
      assertThat(pool.heldBytes()).isLessThan(1 << 20);
      assertThat(receiver.stats().frames()).isZero();

      assertGoodFrameArrives(receiver, transport);
      await().until(() -> receiver.stats().refused() == 1);
      assertThat(receiver.stats().balanced()).isTrue();
    }
    awaitNothingLent(pool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldRefuseToSendMoreThanTheLimit(String transport) throws Exception {
    try (Stream stream =
        Stream.open(transport, "pair", s -> s.uncompressed().maxMessageBytes(10_000), r -> {})) {
      Frame large = Frame.allocate(FrameFormat.of(200, 200, PixelFormat.GRAY));

      assertThatThrownBy(() -> stream.sender.send(large))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("10000")
          .hasMessageContaining("maxMessageBytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldSurviveAListenerThatThrows(String transport) throws Exception {
    Events failing =
        new Events() {
          @Override
          public void badMessage(io.netgear.Peer peer, io.netgear.WireFormatException why) {
            throw new IllegalStateException("a listener's own trouble");
          }
        };
    LeakCheckingPool pool = new LeakCheckingPool();
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern(1)
                .onEvent(failing)
                .pool(pool)
                .open();
        Link peer = link(receiver, LinkRole.REQUEST, pool)) {
      ask(peer, parts("not JSON")).close();

      assertGoodFrameArrives(receiver, transport);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldSayWhenTheApplicationKeepsTooManyFrames(String transport) throws Exception {
    Frame frame = Stream.gradient(FrameFormat.of(512, 512, PixelFormat.BGR));
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern(1)
                .memoryLimit(4 << 20)
                .open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString())
                .transport(transport)
                .pattern(1)
                .open()) {
      List<ReceivedFrame> kept = new java.util.ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) {
                  CompletableFuture<Void> sending = Threads.run(() -> sender.send(frame));
                  kept.add(receiver.recv(Stream.LIMIT).orElseThrow());
                  sending.join();
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Close received frames");
      kept.forEach(ReceivedFrame::close);

      CompletableFuture<Void> sending = Threads.run(() -> sender.send(frame));
      receiver.recv(Stream.LIMIT).orElseThrow().close();
      sending.join();
      assertThat(receiver.stats().balanced()).isTrue();
    }
  }

  private static void assertGoodFrameArrives(FrameReceiver receiver, String transport) {
    CompletableFuture<Void> sending = Threads.run(() -> assertGoodFrameIsSent(receiver, transport));
    try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
      assertThat(received.message()).isEqualTo("good");
    }
    sending.join();
  }

  private static void assertGoodFrameIsSent(FrameReceiver receiver, String transport) {
    try (FrameSender sender =
        NetGear.sender(receiver.addresses().get(0).toString())
            .transport(transport)
            .pattern("request-reply")
            .open()) {
      assertThat(sender.send(FRAME, "good").delivered()).isTrue();
    }
  }

  private static Message ask(Link peer, List<byte[]> parts) {
    PooledBuffer[] buffers =
        parts.stream()
            .map(part -> PooledBuffer.unpooled(ByteBuffer.wrap(part)))
            .toArray(PooledBuffer[]::new);
    Deadline deadline = Deadline.after(Stream.LIMIT, Ticker.SYSTEM);
    assertThat(peer.send(Message.of(buffers), deadline)).isEqualTo(SendResult.SENT);
    return peer.receive(deadline);
  }

  private static Link link(FrameReceiver receiver, LinkRole role, LeakCheckingPool pool) {
    return new ZmqTransport()
        .open(
            new LinkSpec(
                role,
                false,
                receiver.addresses(),
                1,
                64 << 20,
                Security.NONE,
                pool,
                Events.NONE,
                Ticker.SYSTEM,
                "hostile"));
  }
}
