package io.netgear.tunnel.ssh;

import static io.netgear.tunnel.ssh.Patience.await;
import static io.netgear.tunnel.ssh.Patience.awaitNothingLent;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.testkit.LeakCheckingPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A receiver that takes all it gets, and a sender to it that goes where it is told. */
final class TunnelledStream implements AutoCloseable {
  private static final FrameFormat FORMAT = FrameFormat.of(64, 48, PixelFormat.BGR);

  final LeakCheckingPool pool = new LeakCheckingPool();
  final List<Long> arrived = new CopyOnWriteArrayList<>();
  final FrameReceiver receiver;
  final FrameSender sender;
  private final CompletableFuture<StreamEnd> end;

  private TunnelledStream(
      String transport,
      String pattern,
      UnaryOperator<SenderBuilder> tunnel,
      UnaryOperator<ReceiverBuilder> receiving) {
    receiver =
        receiving
            .apply(
                NetGear.receiver("tcp://127.0.0.1:0")
                    .transport(transport)
                    .pattern(pattern)
                    .maxRetries(0)
                    .pool(pool))
            .open();
    end = CompletableFuture.supplyAsync(this::receive, work -> new Thread(work).start());
    sender =
        open(
            tunnel.apply(
                NetGear.sender(address())
                    .transport(transport)
                    .pattern(pattern)
                    .pool(pool)
                    .uncompressed()));
  }

  private FrameSender open(SenderBuilder builder) {
    try {
      return builder.open();
    } catch (RuntimeException e) {
      receiver.close();
      throw e;
    }
  }

  /** A sender to a receiver through whatever {@code tunnel} says. */
  static TunnelledStream open(String pattern, UnaryOperator<SenderBuilder> tunnel) {
    return open(pattern, tunnel, receiver -> receiver);
  }

  /** The same with both ends of another transport than zmq. */
  static TunnelledStream by(String transport, String pattern, UnaryOperator<SenderBuilder> tunnel) {
    return new TunnelledStream(transport, pattern, tunnel, receiver -> receiver);
  }

  static TunnelledStream open(
      String pattern,
      UnaryOperator<SenderBuilder> tunnel,
      UnaryOperator<ReceiverBuilder> receiving) {
    return new TunnelledStream("zmq", pattern, tunnel, receiving);
  }

  String address() {
    return receiver.addresses().get(0).toString();
  }

  private StreamEnd receive() {
    while (!receiver.ended()) {
      try (ReceivedFrame frame = receiver.recv(Duration.ofMillis(200)).orElse(null)) {
        if (frame != null) {
          arrived.add(frame.sequence());
        }
      }
    }
    return receiver.end().orElseThrow();
  }

  /**
   * Sends until so many more frames have arrived: not every pattern knows when its peer is there.
   */
  void deliver(int count) {
    int wanted = arrived.size() + count;
    long start = System.nanoTime();
    while (arrived.size() < wanted) {
      sender.send(Frame.allocate(FORMAT));
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(90)) {
        throw new AssertionError(arrived.size() + " of " + wanted + " arrived: " + sender.stats());
      }
    }
  }

  /** Sends until that throws. */
  void sendUntilItFails() {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              sender.send(Frame.allocate(FORMAT));
              return false;
            });
  }

  /** How the stream ended at the receiver, once it has. */
  StreamEnd end() {
    return end.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    end();
    awaitNothingLent(pool);
  }
}
