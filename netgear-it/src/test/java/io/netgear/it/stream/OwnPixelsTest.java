package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.spi.BufferPool;
import io.netgear.spi.PooledBuffer;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An uncompressed frame may be painted over as soon as send has returned. */
@Timeout(120)
class OwnPixelsTest {
  private static final FrameFormat FORMAT = FrameFormat.of(1280, 720, PixelFormat.BGR);

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldSendWhatWasThereWhenSendWasCalled(String transport, String pattern) throws Exception {
    int frames = 40;
    try (Stream stream = Stream.open(transport, pattern, s -> s.uncompressed(), r -> {})) {
      CompletableFuture<Void> sending =
          Threads.run(
              () -> {
                Frame frame = Frame.allocate(FORMAT);
                for (int i = 0; i < frames; i++) {
                  paint(frame, i);
                  stream.sender.send(frame, i);
                  paint(frame, 255);
                }
              });
      int seen = 0;
      while (seen < frames) {
        assertThat(check(stream.receiver.recv(Stream.LIMIT))).isTrue();
        seen++;
      }
      sending.get(20, TimeUnit.SECONDS);
      assertThat(stream.sender.stats().balanced()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "netty, push-pull, 1",
    "netty, pair, 3",
    "zmq, push-pull, 1",
    "zmq, pair, 3",
    "memory, push-pull, 1"
  })
  void shouldSendWhatWasThereThoughSendDoesNotWaitForIt(
      String transport, String pattern, int window) throws Exception {
    int frames = 40;
    try (Stream stream =
        Stream.open(transport, pattern, s -> s.uncompressed().window(window), r -> {})) {
      CompletableFuture<Void> sending =
          Threads.run(
              () -> {
                Frame frame = Frame.allocate(FORMAT);
                for (int i = 0; i < frames; i++) {
                  paint(frame, i);
                  assertThat(stream.sender.send(frame, i).delivered()).isTrue();
                  paint(frame, 255);
                }
              });
      // until nobody takes any more of what is under way
      await().until(() -> stream.sender.stats().frames() > 2);
      for (int i = 0; i < frames; i++) {
        assertThat(check(stream.receiver.recv(Stream.LIMIT))).isTrue();
      }
      sending.get(20, TimeUnit.SECONDS);
      stream.sender.close();
      assertThat(stream.sender.stats().balanced()).isTrue();
      assertThat(stream.sender.stats().delivered()).isEqualTo(frames);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldSendNothingElseWhenNoAnswerCameInTime(String transport, String pattern) {
    try (Stream stream =
        Stream.open(
            transport,
            pattern,
            s -> s.uncompressed().requestTimeout(Duration.ofMillis(200)).maxRetries(100),
            r -> r.maxRetries(100))) {
      Frame frame = Frame.allocate(FORMAT);
      for (int i = 0; i < 5; i++) {
        paint(frame, i);
        stream.sender.send(frame, i);
        paint(frame, 255);
      }
      assertThat(stream.sender.stats().delivered()).isLessThan(5);
      boolean more = true;
      while (more) {
        more = check(stream.receiver.recv(Duration.ofMillis(300)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply"})
  void shouldTakeNoMemoryForWhatIsSentFromWhereItLies(String pattern) {
    AtomicInteger largest = new AtomicInteger();
    LeakCheckingPool memory = new LeakCheckingPool();
    BufferPool pool = watched(memory, largest);
    try (Stream stream = Stream.open("zmq", pattern, s -> s.uncompressed().pool(pool), r -> {})) {
      Frame frame = Frame.allocate(FORMAT);
      for (int i = 0; i < 5; i++) {
        paint(frame, i);
        stream.exchange(frame, i).close();
      }
      assertThat(largest.get()).isLessThan(FORMAT.byteSize());

      Frame padded = Frame.allocate(FORMAT.withStride(FORMAT.stride() + 64));
      stream.exchange(padded, 0).close();
      assertThat(largest).hasValue(FORMAT.byteSize());
    }
  }

  private static BufferPool watched(BufferPool memory, AtomicInteger largest) {
    return new BufferPool() {
      @Override
      public PooledBuffer acquire(int bytes) {
        largest.accumulateAndGet(bytes, Math::max);
        return memory.acquire(bytes);
      }

      @Override
      public long lentBytes() {
        return memory.lentBytes();
      }

      @Override
      public long heldBytes() {
        return memory.heldBytes();
      }

      @Override
      public long limitBytes() {
        return memory.limitBytes();
      }
    };
  }

  /** Each byte of a frame is its number. Whether there was one. */
  private static boolean check(Optional<ReceivedFrame> maybe) {
    if (maybe.isEmpty()) {
      return false;
    }
    try (ReceivedFrame received = maybe.get()) {
      byte[] expected = new byte[FORMAT.byteSize()];
      Arrays.fill(expected, ((Long) received.message()).byteValue());
      assertThat(received.frame().pixels().duplicate().clear().limit(expected.length))
          .isEqualTo(ByteBuffer.wrap(expected));
      return true;
    }
  }

  private static void paint(Frame frame, int value) {
    byte[] row = new byte[FORMAT.byteSize()];
    Arrays.fill(row, (byte) value);
    frame.pixels().put(0, row);
  }
}
