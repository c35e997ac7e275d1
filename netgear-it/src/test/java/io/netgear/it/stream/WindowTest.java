package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.Stats;
import io.netgear.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pair with several frames on their way at once. */
@Timeout(120)
class WindowTest {
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR));

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldDeliverEachFrameOnceAndInOrder(String transport) throws Exception {
    int frames = 200;
    Stream stream = Stream.open(transport, "pair", s -> s.window(8), r -> r.queueDepth(2));
    CompletableFuture<Void> sending =
        Threads.run(
            () -> {
              for (int i = 0; i < frames; i++) {
                assertThat(stream.sender.send(FRAME, i).delivered()).isTrue();
              }
            });
    for (long i = 0; i < frames; i++) {
      try (ReceivedFrame received = stream.receiver.recv(Stream.LIMIT).orElseThrow()) {
        assertThat(received.sequence()).isEqualTo(i);
        assertThat(received.message()).isEqualTo(i);
      }
    }
    sending.get(20, TimeUnit.SECONDS);
    stream.close();

    Stats sent = stream.sender.stats();
    assertThat(sent.balanced()).isTrue();
    assertThat(sent.waiting()).isZero();
    assertThat(sent.delivered()).isEqualTo(frames);
    assertThat(sent.latency().count()).isEqualTo(frames);
    assertThat(stream.receiver.stats().delivered()).isEqualTo(frames);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldNotWaitForAnswersWhileThereIsRoom(String transport) {
    Stream stream =
        Stream.open(
            transport, "pair", s -> s.window(3).requestTimeout(Duration.ofSeconds(30)), r -> {});
    // The queue holds one frame, and the one after it is answered when there is room again.
    assertThat(stream.sender.send(FRAME).status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
    assertThat(stream.sender.send(FRAME).status()).isEqualTo(Receipt.Status.SENT);
    assertThat(stream.sender.send(FRAME).status()).isEqualTo(Receipt.Status.SENT);
    assertThat(stream.sender.stats().waiting()).isEqualTo(2);
    assertThat(stream.sender.stats().balanced()).isTrue();

    for (int i = 0; i < 3; i++) {
      stream.receiver.recv(Stream.LIMIT).orElseThrow().close();
    }
    stream.close();

    assertThat(stream.sender.stats().delivered()).isEqualTo(3);
    assertThat(stream.sender.stats().waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldHaveFinalBooksAfterAnyCloseWithFramesOnTheirWay(String transport) throws Exception {
    Stream stream =
        Stream.open(
            transport, "pair", s -> s.window(4).requestTimeout(Duration.ofSeconds(30)), r -> {});
    CompletableFuture<Void> sending =
        Threads.run(
            () -> {
              Receipt.Status status = Receipt.Status.SENT;
              while (status != Receipt.Status.CLOSED) {
                status = stream.sender.send(FRAME).status();
              }
            });
    await().until(() -> stream.sender.stats().waiting() >= 3);
    Thread first = new Thread(stream.sender::close, "closes first");
    first.start();
    await().until(() -> first.getState() == Thread.State.TIMED_WAITING || !first.isAlive());

    stream.sender.close();

    Stats books = stream.sender.stats();
    assertThat(books.waiting()).isZero();
    assertThat(books.frames()).isEqualTo(books.delivered() + books.totalDropped());
    assertThat(books.dropped()).containsKey(DropReason.CLOSED);
    first.join();
    sending.handle((done, closed) -> done).get(20, TimeUnit.SECONDS);
    stream.close();
  }
}
