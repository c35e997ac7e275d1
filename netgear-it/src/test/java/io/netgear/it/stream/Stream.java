package io.netgear.it.stream;

import static io.netgear.it.Patience.awaitNothingLent;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.SenderBuilder;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream.Builder;
import org.junit.jupiter.params.provider.Arguments;

/** A receiver on a free port, a sender to it, and one leak-checked pool for both. */
final class Stream implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);

  final LeakCheckingPool pool = new LeakCheckingPool();
  final FrameReceiver receiver;
  final FrameSender sender;

  private Stream(
      String transport,
      String pattern,
      Consumer<SenderBuilder> sending,
      Consumer<ReceiverBuilder> receiving) {
    ReceiverBuilder receiverBuilder =
        NetGear.receiver("tcp://127.0.0.1:0").transport(transport).pattern(pattern).pool(pool);
    receiving.accept(receiverBuilder);
    receiver = receiverBuilder.open();
    SenderBuilder senderBuilder =
        NetGear.sender(receiver.addresses().get(0).toString())
            .transport(transport)
            .pattern(pattern)
            .requestTimeout(LIMIT)
            .pool(pool);
    sending.accept(senderBuilder);
    sender = senderBuilder.open();
  }

  static Stream open(String transport, String pattern) {
    return open(transport, pattern, sender -> {}, receiver -> {});
  }

  static Stream open(
      String transport,
      String pattern,
      Consumer<SenderBuilder> sending,
      Consumer<ReceiverBuilder> receiving) {
    return new Stream(transport, pattern, sending, receiving);
  }

  /** The transports under test, each with each pattern. */
  static java.util.stream.Stream<Arguments> all() {
    return combinations("pair", "request-reply", "publish-subscribe", "push-pull");
  }

  /** The same with the patterns that acknowledge. */
  static java.util.stream.Stream<Arguments> acknowledged() {
    return combinations("pair", "request-reply");
  }

  private static java.util.stream.Stream<Arguments> combinations(String... patterns) {
    Builder<Arguments> all = java.util.stream.Stream.builder();
    for (String transport : new String[] {"memory", "zmq", "netty"}) {
      for (String pattern : patterns) {
        all.add(Arguments.of(transport, pattern));
      }
    }
    return all.build();
  }

  /**
   * Sends until the frame arrives: a publisher drops what it sends before its subscriber is known.
   * What an earlier call sent once too often is skipped.
   */
  ReceivedFrame exchange(Frame frame, Object message) {
    long first = -1;
    for (int i = 0; i < 200; i++) {
      CompletableFuture<Receipt> sending = Threads.supply(() -> sender.send(frame, message));
      ReceivedFrame early = receiver.recv(Duration.ofMillis(100)).orElse(null);
      long sequence = sending.join().sequence();
      first = first < 0 ? sequence : first;
      ReceivedFrame received =
          isFrom(first, early) ? early : receiver.recv(Duration.ofMillis(100)).orElse(null);
      if (isFrom(first, received)) {
        return received;
      }
    }
    throw new AssertionError("nothing arrived: " + sender.stats() + " " + receiver.stats());
  }

  private static boolean isFrom(long first, ReceivedFrame received) {
    if (received != null && received.sequence() < first) {
      received.close();
      return false;
    }
    return received != null;
  }

  static Frame noise(FrameFormat format, long seed) {
    Frame frame = Frame.allocate(format);
    byte[] bytes = new byte[format.byteSize()];
    new Random(seed).nextBytes(bytes);
    frame.pixels().put(0, bytes);
    return frame;
  }

  /** A smooth picture, which JPEG keeps well. */
  static Frame gradient(FrameFormat format) {
    Frame frame = Frame.allocate(format);
    int pixelBytes = format.pixelFormat().bytesPerPixel();
    for (int y = 0; y < format.height(); y++) {
      for (int x = 0; x < format.width(); x++) {
        for (int c = 0; c < pixelBytes; c++) {
          frame
              .pixels()
              .put(
                  y * format.stride() + x * pixelBytes + c,
                  (byte) ((x * 3 + y * 2 + c * 40) * 255 / 1000));
        }
      }
    }
    return frame;
  }

  static byte[] bytes(Frame frame) {
    byte[] bytes = new byte[frame.format().byteSize()];
    frame.pixels().get(0, bytes);
    return bytes;
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    awaitNothingLent(pool);
  }
}
