package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static io.netgear.it.Patience.awaitNothingLent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The formula of docs/memory-and-threads.md, held by a pool that lends no byte more: a receiver
 * that needed one would drop a frame, and its sender would not be acknowledged.
 */
@Timeout(120)
class MemoryBoundTest {
  private static final int FRAMES = 60;
  private static final Frame FRAME = Stream.noise(FrameFormat.of(320, 240, PixelFormat.BGR), 7);

  @ParameterizedTest
  @CsvSource({
    "zmq, request-reply, 1, 0",
    "zmq, request-reply, 4, 3",
    "zmq, pair, 1, 0",
    "zmq, pair, 4, 3",
    "netty, request-reply, 1, 0",
    "netty, request-reply, 4, 3",
    "netty, pair, 1, 0",
    "netty, pair, 4, 3"
  })
  void shouldTakeNoMoreThanTheFormulaSays(
      String transport, String pattern, int queueDepth, int unclosed) throws Exception {
    long encoded = encodedBytes();
    long pixels = FRAME.format().byteSize();
    long queue = (queueDepth + 2) * encoded;
    long application = (unclosed + 1) * pixels;
    long arriving = 2 * encoded;
    LeakCheckingPool pool = new LeakCheckingPool(queue + application + arriving);
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern(pattern)
                .queueDepth(queueDepth)
                .maxMessageBytes(encoded + 4096)
                .pool(pool)
                .open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString())
                .transport(transport)
                .pattern(pattern)
                .requestTimeout(Stream.LIMIT)
                .open()) {
      CompletableFuture<Void> sending =
          Threads.run(
              () -> {
                for (int i = 0; i < FRAMES; i++) {
                  assertThat(sender.send(FRAME).delivered()).as("frame %d arrives", i).isTrue();
                }
              });
      await().until(() -> receiver.stats().waiting() == queueDepth);
      ArrayDeque<ReceivedFrame> held = new ArrayDeque<>();
      for (int i = 0; i < FRAMES; i++) {
        if (held.size() > unclosed) {
          held.removeFirst().close();
        }
        held.addLast(receiver.recv(Stream.LIMIT).orElseThrow());
      }
      held.forEach(ReceivedFrame::close);
      sending.join();
      assertThat(receiver.stats().totalDropped()).isZero();
    }
    awaitNothingLent(pool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldDropAFrameWithoutRoomForItsPixelsAndGoOn(String transport) {
    Frame huge = Frame.allocate(FrameFormat.of(4000, 4000, PixelFormat.GRAY));
    try (FrameReceiver receiver = small(transport).open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString()).transport(transport).open()) {
      sender.send(huge);
      CompletableFuture<Void> second = Threads.run(() -> sender.send(FRAME));

      try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
        assertThat(received.sequence()).isEqualTo(1);
      }
      second.join();
      assertThat(receiver.stats().dropped()).containsExactly(entry(DropReason.REFUSED, 1L));
      assertThat(receiver.stats().badMessages()).isEqualTo(1);
      assertThat(receiver.stats().balanced()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldTellAnApplicationThatClosesNothing(String transport) {
    Frame frame = Frame.allocate(FrameFormat.of(1000, 1000, PixelFormat.GRAY));
    ArrayDeque<ReceivedFrame> held = new ArrayDeque<>();
    try (FrameReceiver receiver = small(transport).open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString()).transport(transport).open()) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 20; i++) {
                  sender.send(frame);
                  held.add(receiver.recv(Stream.LIMIT).orElseThrow());
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Close received frames");
      held.forEach(ReceivedFrame::close);
      sender.send(frame);
      receiver.recv(Stream.LIMIT).orElseThrow().close();
    }
  }

  private static ReceiverBuilder small(String transport) {
    return NetGear.receiver("tcp://127.0.0.1:0")
        .transport(transport)
        .maxMessageBytes(1 << 20)
        .memoryLimit(8 << 20);
  }

  private static long encodedBytes() throws InterruptedException {
    try (Stream stream = Stream.open("memory", "pair")) {
      long bytes = stream.sender.send(FRAME).encodedBytes();
      stream.receiver.recv(Stream.LIMIT).orElseThrow().close();
      return bytes;
    }
  }
}
