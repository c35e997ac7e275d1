package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.ReceivedFrame;
import io.netgear.Stats;
import io.netgear.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold back or newest only: what a slow consumer gets. */
@Timeout(120)
class FreshnessTest {
  private static final int FRAMES = 40;
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR));

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldLoseNothingWhenHoldingBack(String transport, String pattern) throws Exception {
    try (Stream stream = Stream.open(transport, pattern, s -> {}, r -> r.queueDepth(3))) {
      CompletableFuture<Void> sending =
          Threads.run(
              () -> {
                for (int i = 0; i < FRAMES; i++) {
                  assertThat(stream.sender.send(FRAME).delivered()).isTrue();
                }
                stream.sender.close();
              });
      await().until(() -> stream.receiver.stats().waiting() == 3);
      // The queue is full, so the fourth frame waits for its acknowledgement.
      assertThat(stream.sender.stats().delivered()).isLessThanOrEqualTo(3);

      for (long expected = 0; expected < FRAMES; expected++) {
        try (ReceivedFrame received = stream.receiver.recv(Stream.LIMIT).orElseThrow()) {
          assertThat(received.sequence()).isEqualTo(expected);
        }
      }
      sending.join();
      assertThat(stream.receiver.recv(Stream.LIMIT)).isEmpty();
      assertThat(stream.receiver.stats().totalDropped()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldHandOutTheNewestAndCountTheRest(String transport, String pattern) throws Exception {
    try (Stream stream =
        Stream.open(transport, pattern, s -> {}, r -> r.queue(QueuePolicy.NEWEST))) {
      for (int i = 0; i < FRAMES; i++) {
        assertThat(stream.sender.send(FRAME).delivered()).isTrue();
      }

      try (ReceivedFrame received = stream.receiver.recv(Stream.LIMIT).orElseThrow()) {
        assertThat(received.sequence()).isEqualTo(FRAMES - 1);
      }
      Stats stats = stream.receiver.stats();
      assertThat(stats.dropped())
          .containsOnly(java.util.Map.entry(DropReason.REPLACED, FRAMES - 1L));
      assertThat(stats.balanced()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldDropWhatIsOlderThanTheApplicationWants(String transport) throws Exception {
    try (Stream stream =
        Stream.open(
            transport, "pair", s -> {}, r -> r.maxAge(Duration.ofNanos(1_000)).queueDepth(5))) {
      for (int i = 0; i < 5; i++) {
        stream.sender.send(FRAME);
      }
      stream.sender.close();

      assertThat(stream.receiver.recv(Stream.LIMIT)).isEmpty();
      assertThat(stream.receiver.stats().dropped())
          .containsOnly(java.util.Map.entry(DropReason.TOO_OLD, 5L));
    }
  }
}
