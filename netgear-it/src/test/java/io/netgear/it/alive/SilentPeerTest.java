package io.netgear.it.alive;

import static io.netgear.it.Patience.await;
import static io.netgear.it.Patience.awaitNothingLent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.SecureMode;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.TransportException;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers whose connections stand and that say nothing: hosts that are gone, strangers, hangs. */
@Timeout(180)
class SilentPeerTest {
  private static final Frame FRAME = Frame.allocate(FrameFormat.of(64, 48, PixelFormat.BGR));
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What is to take less than a second, on a machine that may be busy with other things. */
  private static final long CLOSING_SECONDS = 12;

  /** Where there are heartbeats, they come every 5 s and are awaited for 15 s. */
  private static final Duration LONGER_THAN_HEARTBEATS_TAKE = Duration.ofSeconds(23);

  private static final Duration LONGER_THAN_ONE_TAKES = Duration.ofSeconds(7);

  @TempDir Path keys;

  private final LeakCheckingPool pool = new LeakCheckingPool();

  @AfterEach
  void shouldHaveGivenAllMemoryBack() {
    awaitNothingLent(pool);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("io.netgear.it.alive.Combinations#unheard")
  void shouldGoOnOverAnotherConnectionWhenTheOldOneIsDead(String transport, String pattern)
      throws Exception {
    try (FrameReceiver receiver = receiver(transport, pattern);
        Tunnel tunnel = new Tunnel(receiver.addresses().get(0).toString());
        FrameSender sender = sender(transport, tunnel.address(), pattern).maxRetries(0).open()) {
      exchange(sender, receiver, "before");
      tunnel.freeze();
      long lastBefore = exchange(sender, receiver, "after");
      tunnel.thaw();

      assertThat(tunnel.connections()).isGreaterThan(1);
      assertThat(exchange(sender, receiver, "later")).isGreaterThan(lastBefore);
      assertThat(sender.stats().balanced()).isTrue();
      if (!pattern.equals("publish-subscribe")) { // where the network may have taken them all
        assertThat(sender.stats().totalDropped()).isPositive();
      }
      assertThat(receiver.stats().balanced()).isTrue();
    }
  }

  /** A receiver that holds back is no dead one, however long that takes. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({"zmq, false", "zmq, true", "netty, false"})
  void shouldLoseNothingWhileAReceiverHoldsBackForLong(String transport, boolean secured) {
    Frame large = Frame.allocate(FrameFormat.of(640, 480, PixelFormat.BGR));
    ReceiverBuilder receiving =
        NetGear.receiver("tcp://127.0.0.1:0").transport(transport).pattern("push-pull").pool(pool);
    if (secured) {
      receiving.secure(SecureMode.STONEHOUSE).keys(keys);
    }
    try (FrameReceiver receiver = receiving.open()) {
      SenderBuilder sending =
          sender(transport, receiver.addresses().get(0).toString(), "push-pull")
              .uncompressed()
              .maxRetries(0);
      if (secured) {
        sending.secure(SecureMode.STONEHOUSE).keys(keys);
      }
      try (FrameSender sender = sending.open()) {
        exchange(sender, receiver, "before");
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> done =
            Threads.run(
                () -> {
                  while (!enough.get()) {
                    sender.send(large);
                  }
                });
        pass(LONGER_THAN_HEARTBEATS_TAKE);
        enough.set(true);
        done.join();
        AtomicLong before = new AtomicLong(-1);
        await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(
                () -> {
                  receiver.recv(Duration.ofMillis(50)).ifPresent(frame -> note(frame, before));
                  return receiver.stats().delivered() == sender.stats().delivered();
                });
        assertThat(sender.stats().dropped()).containsKey(DropReason.NOT_ACKNOWLEDGED);
        assertThat(receiver.stats().totalDropped()).isZero();
      }
    }
  }

  private static void note(ReceivedFrame received, AtomicLong before) {
    try (received) {
      assertThat(received.sequence()).isGreaterThan(before.getAndSet(received.sequence()));
    }
  }

  /** What the system has taken of a sender is the receiver's, though the sender is long closed. */
  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldDeliverWhatASenderLeftBehind(String transport) {
    Frame frame = Frame.allocate(FrameFormat.of(320, 240, PixelFormat.GRAY));
    try (FrameReceiver receiver = receiver(transport, "push-pull")) {
      int sent = 0;
      int taken = 0;
      try (FrameSender sender =
          sender(transport, receiver.addresses().get(0).toString(), "push-pull")
              .uncompressed()
              .maxRetries(0)
              .open()) {
        exchange(sender, receiver, "before");
        while (sender.send(frame).delivered()) {
          sent++;
        }
        while (taken < sent / 2) { // so that there is room for the goodbye
          taken += hasNoMessage(receiver.recv(PATIENCE).orElseThrow()) ? 1 : 0;
        }
      }
      pass(LONGER_THAN_ONE_TAKES);

      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!receiver.ended() && System.nanoTime() < end) {
        taken += receiver.recv(TIMEOUT).filter(SilentPeerTest::hasNoMessage).isPresent() ? 1 : 0;
      }
      assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
      assertThat(taken).isEqualTo(sent);
    }
  }

  /** Unlike those of {@link #exchange}, of which some may be left over. */
  private static boolean hasNoMessage(ReceivedFrame received) {
    try (received) {
      return received.message() == null;
    }
  }

  /** Time in which nothing is to happen. */
  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("io.netgear.it.alive.Combinations#acknowledged")
  void shouldRestoreTheRetriesWithEverySuccess(String transport, String pattern) throws Exception {
    try (FrameReceiver receiver = receiver(transport, pattern);
        Tunnel tunnel = new Tunnel(receiver.addresses().get(0).toString());
        FrameSender sender =
            sender(transport, tunnel.address(), pattern)
                .requestTimeout(Duration.ofMillis(500))
                .maxRetries(10)
                .open()) {
      exchange(sender, receiver, -1);
      for (int round = 0; round <= 10; round++) {
        tunnel.freeze();
        assertThat(sender.send(FRAME, round).status()).isEqualTo(Status.TIMED_OUT);
        exchange(sender, receiver, round);
      }
      assertThat(sender.stats().totalDropped()).isGreaterThan(10);
      assertThat(sender.stats().reconnects()).isGreaterThan(10);
      assertThat(sender.stats().balanced()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.alive.Combinations#all")
  void shouldNotHangOnAHostThatAcceptsAndNeverSpeaks(String transport, String pattern)
      throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FrameSender sender =
            sender(transport, "tcp://127.0.0.1:" + silent.getLocalPort(), pattern)
                .maxRetries(3)
                .open()) {
      if (pattern.equals("publish-subscribe")) {
        assertThat(sender.send(FRAME).delivered()).isFalse();
      } else {
        assertThatThrownBy(() -> sendFor(sender, 20))
            .isInstanceOf(TransportException.class)
            .hasMessageContaining("Is the receiver running?");
        assertThat(sender.stats().totalDropped()).isEqualTo(3);
      }
      assertThat(sender.stats().balanced()).isTrue();
    }
  }

  /** More than what push-pull hands to the network before it notices that nobody takes it. */
  private static void sendFor(FrameSender sender, int times) {
    for (int i = 0; i < times; i++) {
      sender.send(FRAME);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.alive.Combinations#all")
  void shouldReceiveWhateverStrangersConnectAndSayNothing(String transport, String pattern)
      throws Exception {
    try (FrameReceiver receiver = receiver(transport, pattern)) {
      String address = receiver.addresses().get(0).toString();
      int port = URI.create(address).getPort();
      try (Socket before = new Socket(InetAddress.getLoopbackAddress(), port);
          FrameSender sender = sender(transport, address, pattern).maxRetries(0).open()) {
        exchange(sender, receiver, "one");
        try (Socket during = new Socket(InetAddress.getLoopbackAddress(), port)) {
          exchange(sender, receiver, "two");
          assertThat(during.isConnected() && before.isConnected()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.alive.Combinations#all")
  void shouldCloseASenderWhosePeerIsDeadWhileItSends(String transport, String pattern)
      throws Exception {
    try (FrameReceiver receiver = receiver(transport, pattern);
        Tunnel tunnel = new Tunnel(receiver.addresses().get(0).toString())) {
      FrameSender sender =
          sender(transport, tunnel.address(), pattern)
              .requestTimeout(Duration.ofMinutes(5))
              .maxRetries(0)
              .open();
      exchange(sender, receiver, "before");
      tunnel.freeze();
      CompletableFuture<Receipt> sending = Threads.supply(() -> untilRefused(sender));

      CompletableFuture<Void> closing = Threads.run(sender::close);

      closing.get(CLOSING_SECONDS, TimeUnit.SECONDS);
      assertThat(sending.get(CLOSING_SECONDS, TimeUnit.SECONDS)).isNull();
      assertThat(sender.stats().balanced()).isTrue();
      assertThat(sender.stats().waiting()).isZero();
    }
  }

  private static Receipt untilRefused(FrameSender sender) {
    try {
      while (true) {
        sender.send(FRAME);
      }
    } catch (IllegalStateException e) { // that it is closed
      return null;
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.alive.Combinations#all")
  void shouldFreeThePortAtOnceWhilePeersAreConnectedAndRecvWaits(String transport, String pattern)
      throws Exception {
    FrameReceiver first = receiver(transport, pattern);
    String address = first.addresses().get(0).toString();
    try (Tunnel tunnel = new Tunnel(address);
        FrameSender alive = sender(transport, address, pattern).maxRetries(0).open();
        FrameSender dead =
            sender(transport, tunnel.address(), pattern.equals("pair") ? "request-reply" : pattern)
                .maxRetries(0)
                .open()) {
      exchange(alive, first, "before");
      dead.send(FRAME);
      tunnel.freeze();
      while (first.recv(Duration.ofMillis(50)).map(SilentPeerTest::closed).isPresent()) {
        assertThat(first.ended()).isFalse();
      }
      CompletableFuture<Optional<ReceivedFrame>> waiting =
          Threads.supply(() -> first.recv(Duration.ofMinutes(5)));

      Threads.run(first::close).get(CLOSING_SECONDS, TimeUnit.SECONDS);

      try (FrameReceiver second =
          NetGear.receiver(address).transport(transport).pattern(pattern).pool(pool).open()) {
        assertThat(waiting.get(CLOSING_SECONDS, TimeUnit.SECONDS)).isEmpty();
        exchange(alive, second, "after");
      }
    }
  }

  private static boolean closed(ReceivedFrame frame) {
    frame.close();
    return true;
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldCarryOnWithTheOptionsOfTheFirstOpening(String transport) throws Exception {
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern("pair")
                .bidirectional()
                .uncompressed()
                .pool(pool)
                .open();
        Tunnel tunnel = new Tunnel(receiver.addresses().get(0).toString());
        FrameSender sender =
            sender(transport, tunnel.address(), "pair")
                .bidirectional()
                .uncompressed()
                .maxMessageBytes(100_000)
                .maxRetries(0)
                .open()) {
      exchange(sender, receiver, "before");
      for (int round = 0; round < 3; round++) {
        tunnel.freeze();
        exchange(sender, receiver, round);
      }
      Frame large = Frame.allocate(FrameFormat.of(400, 400, PixelFormat.GRAY));
      receiver.replyWith(frame -> io.netgear.Reply.frame(large));
      CompletableFuture<Receipt> sending =
          Threads.supply(() -> sender.send(FRAME, "too much comes back"));
      receiver.recv(PATIENCE).orElseThrow().close();

      assertThat(sending.get(20, TimeUnit.SECONDS).status()).isEqualTo(Status.TIMED_OUT);
      await().until(() -> sender.stats().refused() == 1);
      assertThat(sender.stats().dropped()).containsKey(DropReason.NOT_ACKNOWLEDGED);
      receiver.replyWith(frame -> io.netgear.Reply.data(Map.of("fine", true)));
      exchange(sender, receiver, "after");
    }
  }

  private FrameReceiver receiver(String transport, String pattern) {
    return NetGear.receiver("tcp://127.0.0.1:0")
        .transport(transport)
        .pattern(pattern)
        .pool(pool)
        .open();
  }

  private SenderBuilder sender(String transport, String address, String pattern) {
    return NetGear.sender(address)
        .transport(transport)
        .pattern(pattern)
        .requestTimeout(TIMEOUT)
        .pool(pool);
  }

  /**
   * Sends until a frame with this message is received, and its sender knows of that where it is
   * told; answers its number. Otherwise the sender might still be giving its connection up.
   */
  private static long exchange(FrameSender sender, FrameReceiver receiver, Object message) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    CompletableFuture<Long> arrived = Threads.supply(() -> receive(receiver, message));
    boolean delivered = false;
    while (!delivered || !arrived.isDone()) {
      assertThat(System.nanoTime()).as("%s arrived in time", message).isLessThan(end);
      if (arrived.isDone()) {
        arrived.join();
        arrived = Threads.supply(() -> receive(receiver, message));
      }
      delivered = sender.send(FRAME, message).delivered();
      waitALittle(arrived);
    }
    return arrived.join();
  }

  /** So that the sender is not blocked by what nobody wants any more. */
  private static void waitALittle(CompletableFuture<Long> arrived) {
    Long none = null;
    arrived.copy().completeOnTimeout(none, 500, TimeUnit.MILLISECONDS).join();
  }

  private static long receive(FrameReceiver receiver, Object message) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long before = -1;
    while (System.nanoTime() < end) {
      try (ReceivedFrame frame = receiver.recv(PATIENCE).orElseThrow()) {
        assertThat(frame.sequence()).isGreaterThan(before);
        before = frame.sequence();
        boolean wanted =
            message instanceof Integer number
                ? Long.valueOf(number).equals(frame.message())
                : message.equals(frame.message());
        if (wanted) {
          return frame.sequence();
        }
      }
    }
    throw new AssertionError("No frame with " + message + " came.");
  }
}
