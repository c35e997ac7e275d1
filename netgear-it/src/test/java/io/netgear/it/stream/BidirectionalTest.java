package io.netgear.it.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.InvalidOptionsException;
import io.netgear.Jpeg;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.Reply;
import io.netgear.SenderBuilder;
import io.netgear.testkit.Threads;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frame and message one way, data or a frame back, each end with its own compression. */
@Timeout(120)
class BidirectionalTest {
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR));

  private static Stream open(String transport, String pattern) {
    return Stream.open(transport, pattern, SenderBuilder::bidirectional, r -> r.bidirectional());
  }

  private static Receipt send(Stream stream, Object message, Reply reply) {
    CompletableFuture<Receipt> sent = Threads.supply(() -> stream.sender.send(FRAME, message));
    try (ReceivedFrame received = stream.receiver.recv(Stream.LIMIT, reply).orElseThrow()) {
      assertThat(received.message()).isEqualTo(message);
    }
    return sent.join();
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldReturnAnyDataForTheFrameThatItAnswers(String transport, String pattern)
      throws Exception {
    List<Object> values =
        Arrays.asList(
            "text",
            "",
            0L,
            -7L,
            0.5,
            false,
            true,
            List.of(),
            Map.of(),
            Map.of("n", List.of(1L, Map.of("deep", "er"))));
    try (Stream stream = open(transport, pattern)) {
      for (int i = 0; i < values.size(); i++) {
        Receipt receipt = send(stream, "message " + i, Reply.data(values.get(i)));

        assertThat(receipt.status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(receipt.data()).contains(values.get(i));
        assertThat(receipt.frame()).isEmpty();
      }
      assertThat(send(stream, "nothing back", Reply.none()).data()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldReturnFramesWithTheReceiversOwnCompression(String transport, String pattern)
      throws Exception {
    Frame back = Stream.noise(FrameFormat.of(33, 21, PixelFormat.GRAY), 9);
    try (Stream stream =
        Stream.open(
            transport,
            pattern,
            s -> s.bidirectional().compression(Jpeg.of(PixelFormat.BGR).quality(95)),
            r -> r.bidirectional().uncompressed())) {
      for (int i = 0; i < 5; i++) {
        Receipt receipt = send(stream, null, Reply.frame(back));

        Frame returned = receipt.frame().orElseThrow();
        assertThat(returned.format()).isEqualTo(back.format());
        assertThat(Stream.bytes(returned)).isEqualTo(Stream.bytes(back));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldReturnCompressedFramesByDefault(String transport) throws Exception {
    try (Stream stream = open(transport, "request-reply")) {
      Receipt receipt = send(stream, null, Reply.frame(FRAME));

      assertThat(receipt.frame().orElseThrow().format()).isEqualTo(FRAME.format());
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldAnswerEachFrameWithWhatTheFunctionMakesOfIt(String transport, String pattern)
      throws Exception {
    try (Stream stream = open(transport, pattern)) {
      stream.receiver.replyWith(received -> Reply.data(Map.of("seen", received.message())));
      for (long i = 0; i < 20; i++) {
        long number = i;
        CompletableFuture<Receipt> sent = Threads.supply(() -> stream.sender.send(FRAME, number));
        stream.receiver.recv(Stream.LIMIT).orElseThrow().close();

        assertThat(sent.join().data()).contains(Map.of("seen", i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldSurviveAFunctionThatThrowsAndDataThatIsNoJson(String transport) throws Exception {
    try (Stream stream = open(transport, "request-reply")) {
      stream.receiver.replyWith(
          received -> {
            throw new IllegalStateException("the application's own trouble");
          });
      CompletableFuture<Receipt> first = Threads.supply(() -> stream.sender.send(FRAME));
      assertThatThrownBy(() -> stream.receiver.recv(Stream.LIMIT))
          .hasMessage("the application's own trouble");
      assertThat(first.join().status()).isEqualTo(Status.ACKNOWLEDGED);

      CompletableFuture<Receipt> second = Threads.supply(() -> stream.sender.send(FRAME));
      assertThatThrownBy(() -> stream.receiver.recv(Stream.LIMIT, Reply.data(new Object())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(second.join().status()).isEqualTo(Status.ACKNOWLEDGED);

      assertThat(send(stream, "and on", Reply.data(1)).data()).contains(1L);
      assertThat(stream.receiver.stats().delivered()).isEqualTo(1);
      assertThat(stream.receiver.stats().dropped()).isEqualTo(Map.of(DropReason.REFUSED, 2L));
      assertThat(stream.receiver.stats().balanced()).isTrue();
    }
  }

  @Test
  void shouldCloseWhileTheFunctionIsStillAtWork() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (Stream stream = open("memory", "request-reply")) {
      stream.receiver.replyWith(
          received -> {
            atWork.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return Reply.frame(FRAME);
          });
      CompletableFuture<Receipt> sending = Threads.supply(() -> stream.sender.send(FRAME));
      CompletableFuture<Optional<ReceivedFrame>> receiving =
          Threads.supply(() -> stream.receiver.recv(Stream.LIMIT));
      atWork.await();

      stream.receiver.close();

      goOn.countDown();
      receiving.join().orElseThrow().close();
      stream.sender.close();
      assertThat(sending.join().status()).isNotEqualTo(Status.NO_PEER);
      assertThat(stream.receiver.stats().delivered()).isEqualTo(1);
      assertThat(stream.receiver.stats().balanced()).isTrue();
    }
  }

  @Test
  void shouldRefuseRepliesWhereTheyHaveNoPlace() throws Exception {
    try (Stream stream = Stream.open("zmq", "pair")) {
      assertThatThrownBy(() -> stream.receiver.recv(Stream.LIMIT, Reply.data(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("bidirectional()");
      assertThatThrownBy(() -> stream.receiver.replyWith(r -> Reply.none()))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> NetGear.sender().pattern("publish-subscribe").bidirectional().open())
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("publish-subscribe");
    assertThatThrownBy(() -> Reply.data(FRAME)).isInstanceOf(IllegalArgumentException.class);
  }
}
