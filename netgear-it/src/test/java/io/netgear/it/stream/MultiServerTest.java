package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static io.netgear.it.Patience.awaitNothingLent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.Reply;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several senders, each on a port of its own, and one receiver of them all. */
@Timeout(120)
class MultiServerTest {
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR));

  private static java.util.stream.Stream<Arguments> all() {
    return java.util.stream.Stream.of(
        Arguments.of("memory", "request-reply"),
        Arguments.of("memory", "publish-subscribe"),
        Arguments.of("zmq", "request-reply"),
        Arguments.of("zmq", "publish-subscribe"),
        Arguments.of("netty", "request-reply"),
        Arguments.of("netty", "publish-subscribe"));
  }

  /** A receiver on several free ports, and a sender to each that sends until it is stopped. */
  private static final class Show implements AutoCloseable {
    private final String transport;
    private final String pattern;
    private final LeakCheckingPool pool = new LeakCheckingPool();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Running> running = new ArrayList<>();
    final FrameReceiver receiver;

    Show(String transport, String pattern, int ports, Duration idleLimit) {
      this.transport = transport;
      this.pattern = pattern;
      String[] addresses = new String[ports];
      java.util.Arrays.fill(addresses, "tcp://127.0.0.1:0");
      ReceiverBuilder builder =
          NetGear.receiver(addresses)
              .multiServer()
              .transport(transport)
              .pattern(pattern)
              .idleLimit(idleLimit)
              .pool(pool)
              .onEvent(events());
      receiver = builder.open();
    }

    private Events events() {
      return new Events() {
        @Override
        public void senderEnded(String port, StreamEnd how) {
          told.add(port + " ended " + how);
        }

        @Override
        public void senderBack(String port) {
          told.add(port + " back");
        }
      };
    }

    String port(int index) {
      return Integer.toString(address(index).port());
    }

    Address address(int index) {
      return receiver.addresses().get(index);
    }

    /** The text {@code name} goes with each frame. */
    Running start(int index, String name) {
      SenderBuilder builder =
          NetGear.sender(address(index).toString())
              .multiServer()
              .transport(transport)
              .pattern(pattern)
              .maxRetries(0)
              .pool(pool);
      Running started = new Running(builder.open(), name);
      running.add(started);
      return started;
    }

    /** Takes frames until one of each name came. */
    Map<String, String> awaitFrames(String... names) {
      Map<String, String> ports = new HashMap<>();
      long end = System.nanoTime() + Stream.LIMIT.toNanos();
      while (!ports.keySet().containsAll(Set.of(names)) && System.nanoTime() < end) {
        try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
          ports.put((String) received.message(), received.senderPort().orElseThrow());
        }
      }
      assertThat(ports).containsKeys(names);
      return ports;
    }

    void awaitTold(String what) {
      await()
          .atMost(Stream.LIMIT)
          .until(
              () -> {
                receiver.recv(Duration.ofMillis(5)).ifPresent(ReceivedFrame::close);
                return told.contains(what);
              });
    }

    void awaitEnd(StreamEnd end) {
      await()
          .atMost(Stream.LIMIT)
          .until(
              () -> {
                receiver.recv(Duration.ofMillis(5)).ifPresent(ReceivedFrame::close);
                return receiver.ended();
              });
      assertThat(receiver.end()).contains(end);
      assertThat(receiver.stats().balanced()).isTrue();
    }

    @Override
    public void close() {
      running.forEach(Running::close);
      receiver.close();
      running.forEach(sender -> assertThat(sender.sender.stats().balanced()).isTrue());
      awaitNothingLent(pool);
    }
  }

  /** Sends the same frame again and again on a thread of its own. */
  private static final class Running implements AutoCloseable {
    private final FrameSender sender;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Void> sending;

    Running(FrameSender sender, String name) {
      this.sender = sender;
      sending =
          CompletableFuture.runAsync(
              () -> {
                while (!stopped.get()) {
                  if (!sender.send(FRAME, name).delivered()) {
                    Thread.onSpinWait();
                  }
                }
              },
              work -> new Thread(work, "sends-" + name).start());
    }

    /** Says goodbye after the frame that is being sent. */
    void stop() {
      stopped.set(true);
      sending.join();
      sender.close();
    }

    @Override
    public void close() {
      stopped.set(true);
      sender.close();
      sending.exceptionally(closedUnderIt -> null).join();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldTellWhichSenderEachFrameIsFrom(String transport, String pattern) {
    try (Show show = new Show(transport, pattern, 3, Duration.ZERO)) {
      show.start(0, "north");
      show.start(1, "east");
      show.start(2, "south");

      assertThat(show.awaitFrames("north", "east", "south"))
          .containsEntry("north", show.port(0))
          .containsEntry("east", show.port(1))
          .containsEntry("south", show.port(2));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldGoOnUntilTheLastSenderHasSaidGoodbye(String transport, String pattern) {
    try (Show show = new Show(transport, pattern, 3, Duration.ZERO)) {
      Running north = show.start(0, "north");
      Running east = show.start(1, "east");
      Running south = show.start(2, "south");
      show.awaitFrames("north", "east", "south");

      CompletableFuture<Void> first = Threads.run(north::stop);
      show.awaitTold(show.port(0) + " ended GOODBYE");
      first.join();
      show.awaitFrames("east", "south");
      CompletableFuture<Void> second = Threads.run(south::stop);
      show.awaitTold(show.port(2) + " ended GOODBYE");
      second.join();
      show.awaitFrames("east");
      assertThat(show.receiver.ended()).isFalse();
      CompletableFuture<Void> third = Threads.run(east::stop);

      show.awaitEnd(StreamEnd.GOODBYE);
      third.join();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldNotWaitForEverForASenderThatNeverCame(String transport, String pattern) {
    try (Show show = new Show(transport, pattern, 2, Duration.ofMillis(800))) {
      Running north = show.start(0, "north");

      show.awaitTold(show.port(1) + " ended IDLE");
      show.awaitFrames("north");
      CompletableFuture<Void> last = Threads.run(north::stop);

      show.awaitEnd(StreamEnd.IDLE);
      last.join();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldTakeBackASenderThatIsStartedAgain(String transport, String pattern) {
    try (Show show = new Show(transport, pattern, 2, Duration.ZERO)) {
      Running north = show.start(0, "north");
      show.start(1, "east");
      show.awaitFrames("north", "east");
      for (int life = 0; life < 5; life++) {
        Running leaving = north;
        CompletableFuture<Void> stopping = Threads.run(leaving::stop);
        show.awaitTold(show.port(0) + " ended GOODBYE");
        stopping.join();
        show.told.clear();

        north = show.start(0, "north " + life);

        assertThat(show.awaitFrames("north " + life, "east")).containsValue(show.port(0));
        assertThat(show.told).contains(show.port(0) + " back");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldLetNoFastSenderStarveASlowOne(String transport, String pattern) {
    try (Show show = new Show(transport, pattern, 3, Duration.ZERO)) {
      show.start(0, "fast");
      show.start(1, "as fast");
      show.awaitFrames("fast", "as fast");
      Set<Object> slow = new HashSet<>();
      try (FrameSender sender =
          NetGear.sender(show.address(2).toString())
              .multiServer()
              .transport(transport)
              .pattern(pattern)
              .maxRetries(0)
              .pool(show.pool)
              .open()) {
        for (int number = 0; number < 10; number++) {
          String name = "slow " + number;
          CompletableFuture<Void> sending =
              Threads.run(
                  () -> {
                    while (!slow.contains(name) && !sender.send(FRAME, name).delivered()) {
                      Thread.onSpinWait();
                    }
                  });
          show.awaitFrames(name);
          slow.add(name);
          sending.join();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldReturnDataToTheSenderWhoseFrameItAnswers(String transport) {
    LeakCheckingPool pool = new LeakCheckingPool();
    try (FrameReceiver receiver =
        NetGear.receiver("tcp://127.0.0.1:0", "tcp://127.0.0.1:0")
            .multiServer()
            .bidirectional()
            .transport(transport)
            .pattern("request-reply")
            .pool(pool)
            .open()) {
      receiver.replyWith(
          received ->
              Reply.data(
                  Map.of("to", received.senderPort().orElseThrow(), "for", received.message())));
      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (Address address : receiver.addresses()) {
        sending.add(Threads.run(() -> converse(address, transport, pool)));
      }
      while (!receiver.ended()) {
        receiver.recv(Duration.ofMillis(50)).ifPresent(ReceivedFrame::close);
      }
      sending.forEach(CompletableFuture::join);
      assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
      assertThat(receiver.stats().delivered()).isEqualTo(40);
    }
    awaitNothingLent(pool);
  }

  /** Each frame's answer names this sender's port, which was given as text, and the frame. */
  private static void converse(Address address, String transport, LeakCheckingPool pool) {
    String port = Integer.toString(address.port());
    try (FrameSender sender =
        NetGear.sender()
            .options(Map.of("address", "127.0.0.1", "port", port, "multiserver_mode", true))
            .bidirectional()
            .transport(transport)
            .pattern("request-reply")
            .pool(pool)
            .open()) {
      for (long number = 0; number < 20; number++) {
        Receipt receipt = sender.send(FRAME, number);
        assertThat(receipt.data()).contains(Map.of("to", port, "for", number));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldReachSendersThatBind(String transport, String pattern) {
    LeakCheckingPool pool = new LeakCheckingPool();
    List<FrameSender> senders = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      senders.add(
          NetGear.sender("tcp://127.0.0.1:0")
              .bind()
              .multiServer()
              .transport(transport)
              .pattern(pattern)
              .maxRetries(0)
              .pool(pool)
              .open());
    }
    String[] addresses =
        senders.stream().map(sender -> sender.addresses().get(0).toString()).toArray(String[]::new);
    try (FrameReceiver receiver =
            NetGear.receiver(addresses)
                .connect()
                .multiServer()
                .transport(transport)
                .pattern(pattern)
                .pool(pool)
                .open();
        Running north = new Running(senders.get(0), "north");
        Running east = new Running(senders.get(1), "east")) {
      Map<String, String> ports = new HashMap<>();
      while (ports.size() < 2) {
        try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
          ports.put((String) received.message(), received.senderPort().orElseThrow());
        }
      }
      assertThat(ports)
          .containsEntry("north", portOf(senders.get(0)))
          .containsEntry("east", portOf(senders.get(1)));
      receiver.close();
    }
    awaitNothingLent(pool);
  }

  private static String portOf(FrameSender sender) {
    return Integer.toString(sender.addresses().get(0).port());
  }
}
