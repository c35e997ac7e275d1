package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static io.netgear.it.Patience.awaitNothingLent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.Peer;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.Reply;
import io.netgear.Security;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.TransportException;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.Ticker;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import io.netgear.transport.zmq.ZmqTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One sender, and several receivers, each on a port of its own. */
@Timeout(120)
class MultiClientTest {
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR));
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** Several receivers on free ports, each emptied by a thread of its own unless told otherwise. */
  private static final class Audience implements AutoCloseable {
    private final String transport;
    private final String pattern;
    private final Consumer<ReceiverBuilder> receiving;
    private final LeakCheckingPool pool = new LeakCheckingPool();
    final List<Listener> listeners = new ArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger connectionsLost = new AtomicInteger();
    FrameSender sender;

    Audience(String transport, String pattern, int size) {
      this(transport, pattern, size, receiver -> {});
    }

    Audience(String transport, String pattern, int size, Consumer<ReceiverBuilder> receiving) {
      this.transport = transport;
      this.pattern = pattern;
      this.receiving = receiving;
      for (int i = 0; i < size; i++) {
        listeners.add(listen("tcp://127.0.0.1:0"));
      }
    }

    private Listener listen(String address) {
      ReceiverBuilder builder =
          NetGear.receiver(address)
              .multiClient()
              .transport(transport)
              .pattern(pattern)
              .idleLimit(Duration.ZERO)
              .pool(pool);
      receiving.accept(builder);
      return new Listener(builder.open());
    }

    /**
     * Closes receivers that the sender is connected to, and waits until it has noticed: what it
     * sends before that may be taken by nobody.
     */
    void leave(Listener... leaving) {
      int before = connectionsLost.get();
      for (Listener listener : leaving) {
        listener.close();
      }
      await().until(() -> connectionsLost.get() >= before + leaving.length);
    }

    /** A new receiver in the place of one that ended. */
    void restart(int index) {
      Listener old = listeners.get(index);
      old.close();
      listeners.set(index, listen(old.address));
    }

    Audience open(Consumer<SenderBuilder> sending) {
      String[] addresses =
          listeners.stream().map(listener -> listener.address).toArray(String[]::new);
      SenderBuilder builder =
          NetGear.sender(addresses)
              .multiClient()
              .transport(transport)
              .pattern(pattern)
              .maxRetries(0)
              .pool(pool)
              .onEvent(events());
      sending.accept(builder);
      sender = builder.open();
      return this;
    }

    private Events events() {
      return new Events() {
        @Override
        public void lost(Peer peer) {
          connectionsLost.incrementAndGet();
        }

        @Override
        public void receiverLost(String port, Status why) {
          told.add(port + " lost " + why);
        }

        @Override
        public void receiverBack(String port) {
          told.add(port + " back");
        }
      };
    }

    Set<String> ports(int... indexes) {
      Set<String> ports = new HashSet<>();
      for (int index : indexes) {
        ports.add(listeners.get(index).port());
      }
      return ports;
    }

    /** Sends until all of these acknowledged a frame: one after the other, or the same. */
    Receipt awaitAcknowledged(int... indexes) {
      Set<String> missing = ports(indexes);
      Receipt last = null;
      // one that comes back is reached within a second or so, in which others take very many frames
      long end = System.nanoTime() + Stream.LIMIT.toNanos();
      while (!missing.isEmpty() && System.nanoTime() < end) {
        last = sender.send(FRAME, "warm up");
        if (last.acknowledgedBy().containsAll(ports(indexes))) {
          return last;
        }
        last.acknowledgedBy().forEach(missing::remove);
      }
      assertThat(missing).as("ports that acknowledged nothing").isEmpty();
      return last;
    }

    @Override
    public void close() {
      if (sender != null) {
        sender.close();
        assertThat(sender.stats().balanced()).isTrue();
      }
      for (Listener listener : listeners) {
        listener.close();
        assertThat(listener.receiver.stats().balanced()).isTrue();
      }
      awaitNothingLent(pool);
    }
  }

  /** Takes every frame and remembers its message, unless it is paused. */
  private static final class Listener implements AutoCloseable {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    final FrameReceiver receiver;
    final String address;
    final List<Object> messages = new CopyOnWriteArrayList<>();
    final AtomicBoolean paused = new AtomicBoolean();
    private final Thread thread;

    Listener(FrameReceiver receiver) {
      this.receiver = receiver;
      this.address = receiver.addresses().get(0).toString();
      this.thread = new Thread(this::listen, "listens-" + port());
      thread.start();
    }

    String port() {
      return Integer.toString(receiver.addresses().get(0).port());
    }

    private void listen() {
      while (!receiver.ended()) {
        if (paused.get()) {
          LockSupport.parkNanos(PAUSE_NS);
        } else {
          try (ReceivedFrame received = receiver.recv(Duration.ofMillis(20)).orElse(null)) {
            if (received != null) {
              messages.add(received.message());
            }
          }
        }
      }
    }

    @Override
    public void close() {
      receiver.close();
      awaitEnd();
    }

    /** Waits until the stream has ended and what came last is noted too. */
    void awaitEnd() {
      try {
        thread.join(Stream.LIMIT.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      assertThat(thread.isAlive()).as("%s goes on", thread.getName()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldDealFramesOutInTurn(String transport) {
    try (Audience audience = new Audience(transport, "request-reply", 3).open(sender -> {})) {
      audience.awaitAcknowledged(0, 1, 2);
      Map<String, Integer> shares = new HashMap<>();
      for (int number = 0; number < 12; number++) {
        Receipt receipt = audience.sender.send(FRAME, number);
        assertThat(receipt.status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(receipt.acknowledgedBy()).containsExactly(receipt.peerPort().orElseThrow());
        shares.merge(receipt.peerPort().orElseThrow(), 1, Integer::sum);
      }
      assertThat(shares.values()).containsExactly(4, 4, 4);
      assertThat(shares.keySet()).isEqualTo(audience.ports(0, 1, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldPassOverAReceiverThatIsGoneAndTakeItBack(String transport) {
    try (Audience audience = new Audience(transport, "request-reply", 2).open(sender -> {})) {
      audience.awaitAcknowledged(0, 1);
      for (int life = 0; life < 3; life++) {
        audience.told.clear();
        audience.leave(audience.listeners.get(0));

        for (int number = 0; number < 10; number++) {
          Receipt receipt = audience.sender.send(FRAME, number);
          assertThat(receipt.status()).isEqualTo(Status.ACKNOWLEDGED);
          assertThat(receipt.peerPort()).contains(audience.listeners.get(1).port());
        }
        assertThat(audience.told)
            .containsExactly(audience.listeners.get(0).port() + " lost NO_PEER");

        audience.restart(0);
        audience.awaitAcknowledged(0, 1);
        assertThat(audience.told).contains(audience.listeners.get(0).port() + " back");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldLoseOneFrameToAReceiverThatHangsAndLeaveItOutUntilItIsBack(String transport) {
    try (Audience audience =
        new Audience(transport, "request-reply", 2).open(sender -> sender.requestTimeout(SHORT))) {
      audience.awaitAcknowledged(0, 1);
      audience.told.clear(); // connecting may have taken a while
      Listener hanging = audience.listeners.get(0);
      hanging.paused.set(true);
      Receipt receipt = audience.sender.send(FRAME, "until it hangs");
      while (receipt.status() == Status.ACKNOWLEDGED) {
        receipt = audience.sender.send(FRAME, "until it hangs");
      }
      assertThat(receipt.status()).isEqualTo(Status.TIMED_OUT);
      assertThat(receipt.receivers())
          .singleElement()
          .satisfies(share -> assertThat(share.port()).isEqualTo(hanging.port()));
      assertThat(audience.told).containsExactly(hanging.port() + " lost TIMED_OUT");

      assertThat(audience.sender.send(FRAME, "next").peerPort())
          .contains(audience.listeners.get(1).port());
      assertThat(audience.sender.send(FRAME, "next").peerPort())
          .contains(audience.listeners.get(1).port());

      hanging.paused.set(false);
      audience.awaitAcknowledged(0, 1);
      assertThat(audience.told).contains(hanging.port() + " back");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldBroadcastEveryFrameToAll(String transport) {
    try (Audience audience =
        new Audience(transport, "request-reply", 3).open(SenderBuilder::broadcast)) {
      await().until(() -> audience.sender.send(FRAME, "warm up").acknowledgedBy().size() == 3);
      List<Object> sent = new ArrayList<>();
      for (long number = 0; number < 20; number++) {
        sent.add(number);
        Receipt receipt = audience.sender.send(FRAME, number);
        assertThat(receipt.status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(Set.copyOf(receipt.acknowledgedBy())).isEqualTo(audience.ports(0, 1, 2));
        assertThat(receipt.peerPort()).isEmpty();
      }
      audience.sender.close();
      for (Listener listener : audience.listeners) {
        listener.awaitEnd();
        assertThat(listener.messages).endsWith(sent.toArray());
        assertThat(listener.receiver.end()).contains(StreamEnd.GOODBYE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldBroadcastPastAReceiverThatHangsOrIsGone(String transport) {
    try (Audience audience =
        new Audience(transport, "request-reply", 3)
            .open(sender -> sender.broadcast().requestTimeout(SHORT))) {
      await().until(() -> audience.sender.send(FRAME, "warm up").acknowledgedBy().size() == 3);
      audience.told.clear(); // connecting may have taken a while
      Listener hanging = audience.listeners.get(0);
      hanging.paused.set(true);
      Receipt receipt = audience.sender.send(FRAME, "until it hangs");
      while (receipt.acknowledgedBy().size() == 3) {
        receipt = audience.sender.send(FRAME, "until it hangs");
      }
      assertThat(receipt.status()).isEqualTo(Status.ACKNOWLEDGED);
      assertThat(Set.copyOf(receipt.acknowledgedBy())).isEqualTo(audience.ports(1, 2));
      assertThat(receipt.receivers())
          .filteredOn(share -> share.port().equals(hanging.port()))
          .extracting(Receipt.Share::status)
          .containsExactly(Status.TIMED_OUT);
      assertThat(audience.told).containsExactly(hanging.port() + " lost TIMED_OUT");

      audience.listeners.get(1).close();
      receipt = audience.sender.send(FRAME, "to the last");
      assertThat(receipt.acknowledgedBy()).containsExactly(audience.listeners.get(2).port());
      assertThat(receipt.receivers()).hasSize(3);

      hanging.paused.set(false);
      audience.restart(1);
      await().until(() -> audience.sender.send(FRAME, "all back").acknowledgedBy().size() == 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldReturnDataAndFramesOfEachReceiver(String transport) {
    try (Audience audience =
        new Audience(transport, "request-reply", 2, receiver -> receiver.bidirectional())
            .open(sender -> sender.broadcast().bidirectional())) {
      FrameReceiver first = audience.listeners.get(0).receiver;
      FrameReceiver second = audience.listeners.get(1).receiver;
      first.replyWith(received -> Reply.data(received.message() + " seen"));
      second.replyWith(
          received -> Reply.frame(Stream.gradient(FrameFormat.of(32, 16, PixelFormat.BGR))));
      await().until(() -> audience.sender.send(FRAME, "warm up").acknowledgedBy().size() == 2);

      Receipt receipt = audience.sender.send(FRAME, "bird");

      Map<String, Receipt.Share> shares = new HashMap<>();
      receipt.receivers().forEach(share -> shares.put(share.port(), share));
      assertThat(shares.get(audience.listeners.get(0).port()).data()).contains("bird seen");
      assertThat(
              shares.get(audience.listeners.get(1).port()).frame().orElseThrow().format().width())
          .isEqualTo(32);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldReturnDataOfTheOneWhoseTurnItIs(String transport) {
    try (Audience audience =
        new Audience(transport, "request-reply", 2, receiver -> receiver.bidirectional())
            .open(sender -> sender.bidirectional())) {
      for (Listener listener : audience.listeners) {
        listener.receiver.replyWith(received -> Reply.data(listener.port()));
      }
      audience.awaitAcknowledged(0, 1);
      for (int number = 0; number < 6; number++) {
        Receipt receipt = audience.sender.send(FRAME, number);
        assertThat(receipt.data()).contains(receipt.peerPort().orElseThrow());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldPublishEveryFrameToAllAndSayGoodbyeToAll(String transport) {
    try (Audience audience = new Audience(transport, "publish-subscribe", 3).open(sender -> {})) {
      await()
          .until(
              () -> {
                audience.sender.send(FRAME, "warm up");
                return audience.listeners.stream().noneMatch(one -> one.messages.isEmpty());
              });
      audience.sender.close();
      for (Listener listener : audience.listeners) {
        listener.awaitEnd();
        assertThat(listener.receiver.end()).contains(StreamEnd.GOODBYE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldSayGoodbyeToEachOfThoseItDealtFramesTo(String transport) {
    try (Audience audience = new Audience(transport, "request-reply", 3).open(sender -> {})) {
      audience.awaitAcknowledged(0, 1, 2);
      audience.sender.close();
      for (Listener listener : audience.listeners) {
        listener.awaitEnd();
        assertThat(listener.receiver.end()).contains(StreamEnd.GOODBYE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldGiveUpWhenNobodyIsThereForTooLong(String transport) {
    try (Audience audience =
        new Audience(transport, "request-reply", 2)
            .open(sender -> sender.requestTimeout(Duration.ofSeconds(1)).maxRetries(2))) {
      audience.awaitAcknowledged(0, 1);
      Map<DropReason, Long> before = audience.sender.stats().dropped();
      audience.leave(audience.listeners.get(0), audience.listeners.get(1));
      assertThat(audience.sender.send(FRAME).status()).isEqualTo(Status.NO_PEER);

      assertThatThrownBy(() -> audience.sender.send(FRAME))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining(audience.listeners.get(0).address)
          .hasMessageContaining(audience.listeners.get(1).address)
          .hasMessageContaining("2 frames in a row (1 s each)");
      Map<DropReason, Long> expected = new HashMap<>(before);
      expected.merge(DropReason.NO_PEER, 2L, Long::sum);
      assertThat(audience.sender.stats().dropped()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldReachReceiversThatConnect(String transport) {
    LeakCheckingPool pool = new LeakCheckingPool();
    try (FrameSender sender =
        NetGear.sender("tcp://127.0.0.1:0", "tcp://127.0.0.1:0")
            .bind()
            .multiClient()
            .broadcast()
            .transport(transport)
            .pattern("request-reply")
            .maxRetries(0)
            .pool(pool)
            .open()) {
      List<Listener> listeners =
          sender.addresses().stream()
              .map(
                  address ->
                      new Listener(
                          NetGear.receiver(address.toString())
                              .connect()
                              .multiClient()
                              .transport(transport)
                              .pattern("request-reply")
                              .pool(pool)
                              .open()))
              .toList();
      await().until(() -> sender.send(FRAME, "to all").acknowledgedBy().size() == 2);
      Threads.run(sender::close).join();
      for (Listener listener : listeners) {
        listener.awaitEnd();
        assertThat(listener.receiver.end()).contains(StreamEnd.GOODBYE);
        listener.close();
      }
    }
    awaitNothingLent(pool);
  }

  @Test
  void shouldTryTheOnlyReceiverAgainWithTheNextFrame() {
    LeakCheckingPool pool = new LeakCheckingPool();
    try (Link peer =
            new ZmqTransport()
                .open(
                    new LinkSpec(
                        LinkRole.REPLY,
                        true,
                        List.of(Address.parse("tcp://127.0.0.1:0")),
                        1,
                        64 << 20,
                        Security.NONE,
                        pool,
                        Events.NONE,
                        Ticker.SYSTEM,
                        "forgetful"));
        FrameSender sender =
            NetGear.sender(peer.addresses().get(0).toString())
                .multiClient()
                .pattern("request-reply")
                .requestTimeout(Duration.ofSeconds(3))
                .maxRetries(2)
                .pool(pool)
                .open()) {
      Thread answering = new Thread(() -> answerAllBut(peer, 3), "answers");
      answering.start();

      List<Status> statuses = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        statuses.add(sender.send(FRAME, i).status());
      }
      assertThat(statuses).filteredOn(Status.TIMED_OUT::equals).hasSize(1);
      assertThat(statuses).filteredOn(Status.ACKNOWLEDGED::equals).hasSize(5);
      assertThat(statuses).element(2).isEqualTo(Status.TIMED_OUT);
    }
    awaitNothingLent(pool);
  }

  private static void answerAllBut(Link peer, int forgotten) {
    Deadline never = Deadline.never(Ticker.SYSTEM);
    int number = 0;
    for (Message frame = peer.receive(never); frame != null; frame = peer.receive(never)) {
      frame.close();
      number++;
      if (number != forgotten) {
        byte[] thanks = "Data received on device: forgetful".getBytes(StandardCharsets.UTF_8);
        peer.reply(Message.of(PooledBuffer.unpooled(ByteBuffer.wrap(thanks))));
      }
    }
  }
}
