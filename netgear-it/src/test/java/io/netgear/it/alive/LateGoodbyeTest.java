package io.netgear.it.alive;

import static io.netgear.it.Patience.await;
import static io.netgear.it.Patience.awaitNothingLent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A goodbye that was stuck in the network while its sender was started again. */
@Timeout(120)
class LateGoodbyeTest {
  private static final Frame FRAME = Frame.allocate(FrameFormat.of(64, 48, PixelFormat.BGR));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LeakCheckingPool pool = new LeakCheckingPool();

  @ParameterizedTest
  @MethodSource("io.netgear.it.alive.Combinations#all")
  void shouldNotEndTheStreamOfTheNextLife(String transport, String pattern) throws Exception {
    try (FrameReceiver receiver =
        NetGear.receiver("tcp://127.0.0.1:0")
            .transport(transport)
            .pattern(pattern)
            .pool(pool)
            .open()) {
      String address = receiver.addresses().get(0).toString();
      try (Tunnel tunnel = new Tunnel(address)) {
        FrameSender first = sender(tunnel.address(), transport, pattern).open();
        exchange(first, receiver, "first");
        tunnel.freeze();
        first.close();
        FrameSender second = sender(address, transport, pattern).open();
        exchange(second, receiver, "second");

        tunnel.thaw();

        AtomicBoolean noticed = new AtomicBoolean();
        CompletableFuture<Void> sending =
            Threads.run(
                () -> {
                  while (!noticed.get()) {
                    second.send(FRAME, "second");
                  }
                });
        takeUntil(() -> receiver.stats().badMessages() > 0, receiver);
        noticed.set(true);
        sending.join();
        assertThat(receiver.end()).isEmpty();
        exchange(second, receiver, "later");
        CompletableFuture<Void> leaving = Threads.run(second::close);
        takeUntil(() -> receiver.ended(), receiver);
        leaving.join();
        assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
        assertThat(receiver.stats().balanced()).isTrue();
      }
    }
    awaitNothingLent(pool);
  }

  /** At full speed: a link that has messages of one peer looks at others now and then. */
  private static void takeUntil(BooleanSupplier enough, FrameReceiver receiver) {
    while (!enough.getAsBoolean()) {
      receiver.recv(Duration.ofMillis(20)).ifPresent(ReceivedFrame::close);
    }
  }

  private SenderBuilder sender(String address, String transport, String pattern) {
    return NetGear.sender(address)
        .name("camera")
        .transport(transport)
        .pattern(pattern)
        .requestTimeout(Duration.ofSeconds(2))
        .maxRetries(0)
        .pool(pool);
  }

  /** Sends until {@code message} arrives. */
  private static void exchange(FrameSender sender, FrameReceiver receiver, String message) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              CompletableFuture<Void> sending = Threads.run(() -> sender.send(FRAME, message));
              boolean arrived =
                  receiver.recv(Duration.ofMillis(200)).map(f -> is(f, message)).orElse(false);
              sending.join();
              return arrived;
            });
  }

  private static boolean is(ReceivedFrame received, String message) {
    try (received) {
      return message.equals(received.message());
    }
  }
}
