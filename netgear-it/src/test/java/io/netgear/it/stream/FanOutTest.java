package io.netgear.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.ReceivedFrame;
import io.netgear.testkit.LeakCheckingPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many subscribers of one publisher, of which one takes nothing. */
@Timeout(120)
class FanOutTest {
  private static final int SUBSCRIBERS = 12;
  private static final int MISSED = 50;
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(320, 240, PixelFormat.BGR));
  private static final Duration MOMENT = Duration.ofMillis(100);

  @TempDir Path directory;

  /** Room for five messages, however many subscribers there are. */
  private final LeakCheckingPool published = new LeakCheckingPool(5L * (320 * 240 * 3 + 4096));

  private final LeakCheckingPool received = new LeakCheckingPool();
  private final AtomicLong dropped = new AtomicLong();
  private final List<FrameReceiver> receivers = new ArrayList<>();

  @AfterEach
  void closeReceivers() throws InterruptedException {
    receivers.forEach(FrameReceiver::close);
    received.awaitNothingLent(Stream.LIMIT);
    published.awaitNothingLent(Stream.LIMIT);
  }

  private final class Books implements Events {
    @Override
    public void dropped(DropReason reason, long count) {
      if (reason == DropReason.QUEUE_FULL) {
        dropped.addAndGet(count);
      }
    }
  }

  private FrameReceiver subscribe(FrameSender to, QueuePolicy queue) {
    FrameReceiver receiver =
        NetGear.receiver(to.addresses().get(0).toString())
            .transport("netty")
            .pattern("publish-subscribe")
            .connect()
            .queue(queue)
            .encodedOnly()
            .idleLimit(Duration.ZERO)
            .pool(received)
            .open();
    receivers.add(receiver);
    return receiver;
  }

  /** Sends until a frame that was sent from now on arrives. */
  private static long sendUntilSeen(FrameSender sender, FrameReceiver receiver) {
    long first = -1;
    for (int i = 0; i < 200; i++) {
      long sent = sender.send(FRAME).sequence();
      first = first < 0 ? sent : first;
      ReceivedFrame frame = receiver.recv(MOMENT).orElse(null);
      while (frame != null) {
        frame.close();
        if (frame.sequence() >= first) {
          return frame.sequence();
        }
        frame = receiver.recv(MOMENT).orElse(null);
      }
    }
    throw new AssertionError("nothing arrived: " + sender.stats() + " " + receiver.stats());
  }

  private static void assertSees(FrameReceiver receiver, long sequence) {
    long seen = -1;
    while (seen < sequence) {
      try (ReceivedFrame frame = receiver.recv(Stream.LIMIT).orElseThrow()) {
        seen = frame.sequence();
      }
    }
    assertThat(seen).isEqualTo(sequence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:0", "ipc"})
  void shouldServeEverySubscriberWithEachFrameThoughOneTakesNothing(String where) {
    String address = where.equals("ipc") ? "ipc://" + directory.resolve("s") + ":0" : where;
    try (FrameSender sender =
        NetGear.sender(address)
            .transport("netty")
            .pattern("publish-subscribe")
            .bind()
            .uncompressed()
            .pool(published)
            .onEvent(new Books())
            .open()) {
      List<FrameReceiver> taking = new ArrayList<>();
      for (int i = 0; i < SUBSCRIBERS; i++) {
        taking.add(subscribe(sender, QueuePolicy.NEWEST));
        sendUntilSeen(sender, taking.get(i));
      }
      FrameReceiver stuck = subscribe(sender, QueuePolicy.HOLD_BACK);
      sendUntilSeen(sender, stuck);
      long first = sender.send(FRAME).sequence();
      taking.forEach(receiver -> assertSees(receiver, first));

      long last = first;
      while (dropped.get() < MISSED) {
        last = sender.send(FRAME).sequence();
        for (FrameReceiver receiver : taking) {
          try (ReceivedFrame frame = receiver.recv(Stream.LIMIT).orElseThrow()) {
            assertThat(frame.sequence()).isEqualTo(last);
          }
        }
      }

      // and when it takes again, it is soon with the others
      assertThat(sendUntilSeen(sender, stuck)).isGreaterThan(last);
    }
  }
}
