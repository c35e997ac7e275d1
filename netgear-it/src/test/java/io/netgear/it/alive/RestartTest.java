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
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.Stats;
import io.netgear.TransportException;
import io.netgear.testkit.LeakCheckingPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Either end closed and opened again at the same port, a hundred times, while frames flow. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class RestartTest {
  private static final int RESTARTS = 100;
  private static final Frame FRAME = Frame.allocate(FrameFormat.of(64, 48, PixelFormat.BGR));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LeakCheckingPool pool = new LeakCheckingPool();

  @ParameterizedTest
  @CsvSource({
    "zmq, pair, 1",
    "zmq, pair, 8",
    "zmq, request-reply, 1",
    "zmq, publish-subscribe, 1",
    "zmq, push-pull, 1",
    "netty, pair, 1",
    "netty, pair, 8",
    "netty, request-reply, 1",
    "netty, publish-subscribe, 1",
    "netty, push-pull, 1",
  })
  void shouldGoOnHoweverOftenEitherEndIsStartedAgain(String transport, String pattern, int window) {
    FrameReceiver first =
        NetGear.receiver("tcp://127.0.0.1:0").transport(transport).pattern(pattern).open();
    String address = first.addresses().get(0).toString();
    first.close();
    Random chance = new Random(pattern.hashCode());
    Receiving receiving = new Receiving(address, transport, pattern);
    Sending sending = new Sending(address, transport, pattern, window);
    receiving.start();
    sending.start();
    try (receiving;
        sending) {
      for (int i = 0; i < RESTARTS; i++) {
        int way = chance.nextInt(4);
        if (way != 0) {
          restart(way == 1 ? sending : receiving);
        }
        if (way != 1 && way != 2) {
          restart(way == 0 ? sending : receiving);
        }
        int before = receiving.received();
        soon().until(() -> receiving.received() > before + 1);
      }
    }

    assertThat(sending.lives() + receiving.lives()).isGreaterThan(RESTARTS);
    assertThat(sending.books()).allMatch(Stats::balanced).allMatch(books -> books.waiting() == 0);
    assertThat(receiving.books()).allMatch(Stats::balanced).allMatch(books -> books.waiting() == 0);
    Set<Object> missing = new HashSet<>(sending.acknowledged);
    missing.removeAll(receiving.frames);
    long dropped = receiving.books().stream().mapToLong(Stats::totalDropped).sum();
    assertThat(missing.size())
        .as("acknowledged, not delivered, and not counted as dropped either: %s", missing)
        .isLessThanOrEqualTo((int) dropped);
    if (pattern.equals("pair")) { // receipts do not tell of what the window left on its way
      assertThat(sending.books().stream().mapToLong(Stats::delivered).sum())
          .as("acknowledged")
          .isLessThanOrEqualTo(receiving.frames.size() + dropped);
    }
    awaitNothingLent(pool);
  }

  private static void restart(Life end) {
    int lives = end.lives();
    end.restart();
    soon().until(() -> end.lives() > lives);
  }

  private static ConditionFactory soon() {
    return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  private final class Sending extends Life {
    private final Set<Object> acknowledged = new HashSet<>();
    private final String address;
    private final String transport;
    private final String pattern;
    private final int window;

    Sending(String address, String transport, String pattern, int window) {
      this.address = address;
      this.transport = transport;
      this.pattern = pattern;
      this.window = window;
    }

    @Override
    Stats live(int life) {
      FrameSender sender =
          NetGear.sender(address)
              .transport(transport)
              .pattern(pattern)
              .requestTimeout(Duration.ofMillis(500))
              .maxRetries(0)
              .window(window)
              .pool(pool)
              .open();
      try (sender) {
        while (goesOn()) {
          Receipt receipt = sender.send(FRAME, life);
          if (receipt.status() == Status.ACKNOWLEDGED) {
            acknowledged.add(List.of((long) life, receipt.sequence()));
          }
        }
      }
      return sender.stats();
    }
  }

  private final class Receiving extends Life {
    private final List<Object> frames = new ArrayList<>();
    private final Map<Object, Long> newest = new HashMap<>();
    private final String address;
    private final String transport;
    private final String pattern;
    private volatile int received;

    Receiving(String address, String transport, String pattern) {
      this.address = address;
      this.transport = transport;
      this.pattern = pattern;
    }

    int received() {
      lives();
      return received;
    }

    @Override
    Stats live(int life) {
      FrameReceiver receiver = open();
      try (receiver) {
        while (goesOn() && !receiver.ended()) {
          receiver.recv(Duration.ofMillis(100)).ifPresent(this::note);
        }
      }
      return receiver.stats();
    }

    /** Again while a connection of somebody else's happens to have the port at its own end. */
    private FrameReceiver open() {
      return await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .ignoreException(TransportException.class)
          .until(
              () ->
                  NetGear.receiver(address).transport(transport).pattern(pattern).pool(pool).open(),
              opened -> true);
    }

    private void note(ReceivedFrame frame) {
      try (frame) {
        Long before = newest.put(frame.message(), frame.sequence());
        assertThat(frame.sequence())
            .as("each frame of a sender comes after the one before, and once")
            .isGreaterThan(before == null ? -1 : before);
        frames.add(List.of(frame.message(), frame.sequence()));
        received++;
      }
    }
  }
}
