package io.netgear.it.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.Subsampling;
import io.netgear.testkit.Threads;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A received frame sent on, as a relay does it. */
@Timeout(120)
class ForwardTest {
  private static final FrameFormat FORMAT = FrameFormat.of(333, 222, PixelFormat.RGB);

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldSendTheBytesOnAsTheyCame(String transport) throws Exception {
    Jpeg jpeg = Jpeg.defaults().quality(77).subsampling(Subsampling.S420);
    try (Stream first =
            Stream.open(
                transport, "pair", s -> s.compression(jpeg).name("camera"), r -> r.keepEncoded());
        Stream second =
            Stream.open(transport, "request-reply", s -> s.name("relay"), r -> r.keepEncoded());
        ReceivedFrame came = first.exchange(Stream.gradient(FORMAT), Map.of("zoom", 3L));
        ReceivedFrame went = forward(second, came)) {
      assertThat(bytes(went.encoded().orElseThrow()))
          .isEqualTo(bytes(came.encoded().orElseThrow()));
      assertThat(Stream.bytes(went.frame())).isEqualTo(Stream.bytes(came.frame()));
      assertThat(went.frame().format()).isEqualTo(came.frame().format());
      assertThat(went.message()).isEqualTo(came.message());
      assertThat(went.peer().id()).isEqualTo("camera");
      assertThat(went.sequence()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldKeepTheTimeOfTheFirstSend(String transport) throws Exception {
    try (Stream first = Stream.open(transport, "pair", s -> {}, r -> r.encodedOnly());
        Stream second = Stream.open(transport, "pair");
        ReceivedFrame came = first.exchange(Stream.gradient(FORMAT), null);
        ReceivedFrame went = forward(second, came)) {
      // The clocks of both ends are one: only their estimate, a fraction of the trip, is in
      // between.
      assertThat(Duration.between(went.sentAt().orElseThrow(), came.sentAt().orElseThrow()).abs())
          .isLessThan(Duration.between(came.sentAt().orElseThrow(), went.receivedAt()));
      assertThat(went.age()).isGreaterThan(Duration.between(came.receivedAt(), went.receivedAt()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldSendRawFramesOnBitForBit(String transport) throws Exception {
    Frame frame = Stream.noise(FORMAT, 7);
    try (Stream first =
            Stream.open(transport, "pair", s -> s.uncompressed(), r -> r.encodedOnly());
        Stream second = Stream.open(transport, "pair");
        ReceivedFrame came = first.exchange(frame, null);
        ReceivedFrame went = forward(second, came)) {
      assertThat(went.encoding()).isEqualTo("raw");
      assertThat(Stream.bytes(went.frame())).isEqualTo(Stream.bytes(frame));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldOutliveTheReceivedFrameWhileItIsSent(String transport) throws Exception {
    try (Stream first = Stream.open(transport, "pair", s -> {}, r -> r.encodedOnly());
        Stream left = Stream.open(transport, "pair");
        Stream right = Stream.open(transport, "push-pull")) {
      byte[] expected;
      try (ReceivedFrame came = first.exchange(Stream.gradient(FORMAT), null)) {
        expected = bytes(came.encoded().orElseThrow());
        assertThat(right.sender.forward(came).status()).isEqualTo(Receipt.Status.SENT);
        forward(left, came).close();
      }
      try (ReceivedFrame went = right.receiver.recv(Stream.LIMIT).orElseThrow()) {
        assertThat(went.frame().format().width()).isEqualTo(FORMAT.width());
      }
      assertThat(right.receiver.stats().payloadBytes()).isEqualTo(expected.length);
    }
  }

  @Test
  void shouldRefuseWhatDoesNotCarryItsBytes() throws Exception {
    try (Stream first = Stream.open("memory", "pair");
        Stream second = Stream.open("memory", "pair");
        ReceivedFrame decoded = first.exchange(Stream.gradient(FORMAT), null)) {
      assertThatThrownBy(() -> second.sender.forward(decoded))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("encodedOnly()");
      assertThat(second.sender.stats().balanced()).isTrue();
    }
  }

  @Test
  void shouldRefuseAClosedFrame() throws Exception {
    try (Stream first = Stream.open("memory", "pair", s -> {}, r -> r.encodedOnly());
        Stream second = Stream.open("memory", "pair")) {
      ReceivedFrame came = first.exchange(Stream.gradient(FORMAT), null);
      came.close();
      assertThatThrownBy(() -> second.sender.forward(came))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      assertThat(second.sender.stats().balanced()).isTrue();
    }
  }

  private static ReceivedFrame forward(Stream stream, ReceivedFrame frame) throws Exception {
    CompletableFuture<Receipt> sending = Threads.supply(() -> stream.sender.forward(frame));
    ReceivedFrame received = stream.receiver.recv(Stream.LIMIT).orElseThrow();
    assertThat(sending.get(20, TimeUnit.SECONDS).delivered()).isTrue();
    return received;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
