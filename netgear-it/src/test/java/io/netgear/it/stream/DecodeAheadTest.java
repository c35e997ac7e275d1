package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.Stats;
import io.netgear.testkit.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting frames decoded side by side, and received in their order. */
@Timeout(120)
class DecodeAheadTest {
  private static final FrameFormat LARGE = FrameFormat.of(640, 480, PixelFormat.BGR);
  private static final FrameFormat SMALL = FrameFormat.of(16, 16, PixelFormat.BGR);

  /** Large ones take long and small ones do not, so that later ones are ready first. */
  private static Frame frame(int number) {
    return Stream.noise(number % 3 == 0 ? LARGE : SMALL, number);
  }

  private static Stream open(String transport, String pattern, int ahead) {
    return Stream.open(
        transport,
        pattern,
        sender -> sender.compression(Jpeg.defaults().threads(1)),
        receiver -> receiver.decodeAhead(ahead).queueDepth(3).idleLimit(Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldReceiveInOrderTheSamePixels(String transport) throws Exception {
    int frames = 60;
    List<byte[]> expected = new ArrayList<>();
    try (Stream plain = open(transport, "push-pull", 0)) {
      receive(plain, frames, expected);
    }
    List<byte[]> pixels = new ArrayList<>();
    try (Stream stream = open(transport, "push-pull", 4)) {
      receive(stream, frames, pixels);
      Stats stats = stream.receiver.stats();
      assertThat(stats.balanced()).isTrue();
      assertThat(stats.delivered()).isEqualTo(frames);
    }
    for (int i = 0; i < frames; i++) {
      assertThat(pixels.get(i)).as("frame %d", i).isEqualTo(expected.get(i));
    }
  }

  private static void receive(Stream stream, int frames, List<byte[]> pixels) throws Exception {
    CompletableFuture<Void> sending =
        Threads.run(
            () -> {
              for (int i = 0; i < frames; i++) {
                stream.sender.send(frame(i), i);
              }
            });
    for (long i = 0; i < frames; i++) {
      try (ReceivedFrame received = stream.receiver.recv(Stream.LIMIT).orElseThrow()) {
        assertThat(received.message()).isEqualTo(i);
        pixels.add(Stream.bytes(received.frame()));
      }
    }
    sending.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldAnswerEachFrameItself(String transport) throws Exception {
    List<byte[]> pixels = new ArrayList<>();
    try (Stream stream = open(transport, "request-reply", 2)) {
      receive(stream, 20, pixels);
      assertThat(stream.sender.stats().delivered()).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldGiveBackWhatNobodyReceived(String transport) {
    Stream stream = open(transport, "push-pull", 2);
    stream.sender.send(frame(0));
    stream.receiver.recv(Stream.LIMIT).orElseThrow().close();
    for (int i = 1; i < 4; i++) {
      stream.sender.send(frame(i));
    }
    await().atMost(Stream.LIMIT).until(() -> stream.receiver.stats().frames() == 4);
    stream.receiver.close();
    assertThat(stream.receiver.recv(Duration.ZERO)).isEmpty();
    assertThat(stream.receiver.ended()).isTrue();
    await().atMost(Stream.LIMIT).until(() -> stream.receiver.stats().waiting() == 0);
    Stats stats = stream.receiver.stats();
    assertThat(stats.balanced()).isTrue();
    assertThat(stats.dropped()).containsEntry(DropReason.CLOSED, 3L);
    stream.close(); // and no memory is lent any more
    await()
        .atMost(Stream.LIMIT)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("netgear-decode-")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldEndWhenTheSenderSaidGoodbyeAndAllIsReceived(String transport) {
    try (Stream stream = open(transport, "pair", 3)) {
      CompletableFuture<Void> sending =
          Threads.run(
              () -> {
                for (int i = 0; i < 5; i++) {
                  stream.sender.send(frame(i));
                }
                stream.sender.close();
              });
      int received = 0;
      while (!stream.receiver.ended()) {
        ReceivedFrame frame = stream.receiver.recv(Duration.ofSeconds(1)).orElse(null);
        if (frame != null) {
          assertThat(frame.sequence()).isEqualTo(received);
          frame.close();
          received++;
        }
      }
      sending.join();
      assertThat(received).isEqualTo(5);
    }
  }
}
