package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
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
import io.netgear.StreamEnd;
import io.netgear.TransportException;
import io.netgear.testkit.Threads;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goodbyes, giving up, closing from anywhere at any time, and coming back. */
@Timeout(120)
class EndsTest {
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR));

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#all")
  void shouldEndWithTheSendersGoodbyeAndHandOutWhatWaits(String transport, String pattern)
      throws Exception {
    try (Stream stream = Stream.open(transport, pattern)) {
      stream.exchange(FRAME, null).close();
      Receipt last = stream.sender.send(FRAME, "the last");

      stream.sender.close();

      if (last.delivered()) {
        assertThat(messageOfFrame(last.sequence(), stream.receiver)).isEqualTo("the last");
      }
      await().until(stream.receiver::ended);
      assertThat(stream.receiver.end()).contains(StreamEnd.GOODBYE);
      assertThat(stream.receiver.recv(Stream.LIMIT)).isEmpty();
      assertThat(stream.receiver.stats().balanced()).isTrue();
      assertThat(stream.sender.stats().balanced()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "zmq", "netty"})
  void shouldSayGoodbyeToAllWhoConnectedToASenderThatBinds(String transport) {
    try (FrameSender sender =
        NetGear.sender("tcp://127.0.0.1:0")
            .bind()
            .transport(transport)
            .pattern("request-reply")
            .open()) {
      String address = sender.addresses().get(0).toString();
      try (FrameReceiver first = connected(transport, address);
          FrameReceiver second = connected(transport, address)) {
        CompletableFuture<Void> taking = Threads.run(() -> takeAll(first));
        CompletableFuture<Void> takingToo = Threads.run(() -> takeAll(second));
        await()
            .until(
                () -> {
                  sender.send(FRAME);
                  return first.stats().delivered() > 1 && second.stats().delivered() > 1;
                });

        sender.close();

        taking.join();
        takingToo.join();
        assertThat(first.end()).contains(StreamEnd.GOODBYE);
        assertThat(second.end()).contains(StreamEnd.GOODBYE);
      }
    }
  }

  private static FrameReceiver connected(String transport, String address) {
    return NetGear.receiver(address)
        .connect()
        .transport(transport)
        .pattern("request-reply")
        .idleLimit(Duration.ofSeconds(20))
        .maxRetries(1)
        .open();
  }

  private static void takeAll(FrameReceiver receiver) {
    while (!receiver.ended()) {
      receiver.recv(Duration.ofMillis(100)).ifPresent(ReceivedFrame::close);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#all")
  void shouldWakeAWaitingRecvWhenClosed(String transport, String pattern) throws Exception {
    try (Stream stream = Stream.open(transport, pattern)) {
      CompletableFuture<Optional<ReceivedFrame>> waiting =
          Threads.supply(() -> stream.receiver.recv(Duration.ofMinutes(10)));

      stream.receiver.close();

      assertThat(waiting.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(stream.receiver.end()).contains(StreamEnd.CLOSED);
      assertThat(stream.receiver.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldEndAWaitingSendWhenClosed(String transport, String pattern) throws Exception {
    try (Stream stream =
        Stream.open(transport, pattern, s -> s.requestTimeout(Duration.ofMinutes(10)), r -> {})) {
      stream.sender.send(FRAME);
      CompletableFuture<Receipt> waiting = Threads.supply(() -> stream.sender.send(FRAME));
      await().until(() -> stream.sender.stats().waiting() == 1);

      stream.sender.close();

      assertThat(waiting.get(20, TimeUnit.SECONDS).status()).isEqualTo(Status.CLOSED);
      assertThat(stream.sender.stats().dropped()).isEqualTo(Map.of(DropReason.CLOSED, 1L));
      assertThatThrownBy(() -> stream.sender.send(FRAME))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldGiveUpAfterTheRetriesAllowedAndSaySo(String transport, String pattern)
      throws Exception {
    try (Stream stream =
        Stream.open(
            transport,
            pattern,
            s -> s.requestTimeout(Duration.ofMillis(50)).maxRetries(3),
            r -> {})) {
      stream.receiver.close();
      assertThat(stream.sender.send(FRAME).delivered()).isFalse();
      assertThat(stream.sender.send(FRAME).delivered()).isFalse();

      assertThatThrownBy(() -> stream.sender.send(FRAME))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("3 frames in a row")
          .hasMessageContaining("0.05 s")
          .hasMessageContaining("Is the receiver running?");

      assertThat(stream.sender.stats().totalDropped()).isEqualTo(3);
      assertThat(stream.sender.stats().balanced()).isTrue();
      assertThatThrownBy(() -> stream.sender.send(FRAME)).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldNotKeepFramesForAReceiverThatStartsLate(String transport, String pattern)
      throws Exception {
    FrameReceiver placeholder =
        NetGear.receiver("tcp://127.0.0.1:0").transport(transport).pattern(pattern).open();
    String address = placeholder.addresses().get(0).toString();
    placeholder.close();
    try (FrameSender sender =
        NetGear.sender(address)
            .transport(transport)
            .pattern(pattern)
            .requestTimeout(Duration.ofMillis(100))
            .maxRetries(0)
            .open()) {
      assertThat(sender.send(FRAME, "too early").status()).isEqualTo(Status.NO_PEER);
      try (FrameReceiver receiver =
          NetGear.receiver(address).transport(transport).pattern(pattern).open()) {
        CompletableFuture<Void> sending =
            Threads.run(
                () -> {
                  while (!sender.send(FRAME, "in time").delivered()) {
                    Thread.onSpinWait();
                  }
                });
        try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
          assertThat(received.message()).isEqualTo("in time");
        }
        receiveUntilDone(sending, receiver);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldResumeWithAReceiverThatComesBack(String transport, String pattern) throws Exception {
    FrameReceiver receiver =
        NetGear.receiver("tcp://127.0.0.1:0").transport(transport).pattern(pattern).open();
    String address = receiver.addresses().get(0).toString();
    try (FrameSender sender =
        NetGear.sender(address)
            .transport(transport)
            .pattern(pattern)
            .requestTimeout(Duration.ofMillis(200))
            .maxRetries(0)
            .open()) {
      for (int life = 0; life < 5; life++) {
        int current = life;
        CompletableFuture<Void> sending =
            Threads.run(
                () -> {
                  while (!sender.send(FRAME, current).delivered()) {
                    Thread.onSpinWait();
                  }
                });
        try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
          assertThat(received.message()).isEqualTo((long) life);
        }
        receiveUntilDone(sending, receiver);
        receiver.close();
        receiver = NetGear.receiver(address).transport(transport).pattern(pattern).open();
      }
      assertThat(sender.stats().balanced()).isTrue();
    } finally {
      receiver.close();
    }
  }

  @Test
  void shouldNameTheAddressThatIsInUse() {
    try (FrameReceiver first = NetGear.receiver("tcp://127.0.0.1:0").open()) {
      String address = first.addresses().get(0).toString();

      assertThatThrownBy(() -> NetGear.receiver(address).open())
          .isInstanceOf(TransportException.class)
          .hasMessageContaining(address)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void shouldEndAnIdleReceiverAfterItsRetries() {
    try (FrameReceiver receiver =
        NetGear.receiver("tcp://127.0.0.1:0")
            .requestTimeout(Duration.ofMillis(20))
            .maxRetries(2)
            .open()) {
      assertThat(receiver.recv(Stream.LIMIT)).isEmpty();
      assertThat(receiver.end()).contains(StreamEnd.IDLE);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#acknowledged")
  void shouldSayGoodbyeFromAThreadThatWasInterrupted(String transport, String pattern)
      throws Exception {
    try (Stream stream = Stream.open(transport, pattern)) {
      stream.exchange(FRAME, null).close();

      Thread.currentThread().interrupt();
      stream.sender.close();

      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
      await().until(stream.receiver::ended);
      assertThat(stream.receiver.end()).contains(StreamEnd.GOODBYE);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#all")
  void shouldCloseTwiceAndInEitherOrder(String transport, String pattern) throws Exception {
    Stream stream = Stream.open(transport, pattern);
    stream.receiver.close();
    stream.receiver.close();
    stream.sender.close();
    stream.sender.close();
    stream.close();
  }

  /** Where the machine is slow, what was sent once too often to get through comes before it. */
  private static Object messageOfFrame(long sequence, FrameReceiver receiver) {
    while (true) {
      try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
        if (received.sequence() >= sequence) {
          return received.message();
        }
      }
    }
  }

  /** A frame that was taken too late for its sender is sent again, and needs a place again. */
  private static void receiveUntilDone(CompletableFuture<Void> sending, FrameReceiver receiver) {
    while (!sending.isDone()) {
      receiver.recv(Duration.ofMillis(10)).ifPresent(ReceivedFrame::close);
    }
    sending.join();
  }
}
