package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static io.netgear.it.Patience.awaitNothingLent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
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
import io.netgear.SecureMode;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import io.netgear.testkit.Threads;
import io.netgear.transport.zmq.KeyDirectory;
import io.netgear.transport.zmq.KeyOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several senders, and several receivers, under CURVE. */
@Timeout(120)
class SecureMultiTest {
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR));

  @TempDir Path keys;
  @TempDir Path strangers;

  private final LeakCheckingPool pool = new LeakCheckingPool();

  @AfterEach
  void shouldHaveGivenAllMemoryBack() {
    awaitNothingLent(pool);
  }

  private FrameReceiver receiver(
      SecureMode mode, String pattern, RecordingEvents events, int ports) {
    String[] addresses = new String[ports];
    java.util.Arrays.fill(addresses, "tcp://127.0.0.1:0");
    ReceiverBuilder builder =
        NetGear.receiver(addresses)
            .pattern(pattern)
            .secure(mode)
            .keys(keys)
            .pool(pool)
            .onEvent(events);
    builder = ports > 1 ? builder.multiServer() : builder.multiClient();
    return (pattern.equals("request-reply") ? builder.bidirectional() : builder).open();
  }

  private SenderBuilder sender(
      SecureMode mode, String pattern, Path ownKeys, List<Address> addresses) {
    SenderBuilder builder =
        NetGear.sender(addresses.stream().map(Address::toString).toArray(String[]::new))
            .pattern(pattern)
            .secure(mode)
            .keys(ownKeys)
            .maxRetries(0)
            .pool(pool);
    builder = addresses.size() > 1 ? builder.multiClient() : builder.multiServer();
    return pattern.equals("request-reply") ? builder.bidirectional() : builder;
  }

  @ParameterizedTest
  @CsvSource({
    "STONEHOUSE, request-reply",
    "STONEHOUSE, publish-subscribe",
    "IRONHOUSE, request-reply",
    "IRONHOUSE, publish-subscribe"
  })
  void shouldCarryFramesOfSeveralSenders(SecureMode mode, String pattern) {
    try (FrameReceiver receiver = receiver(mode, pattern, new RecordingEvents(), 2)) {
      if (pattern.equals("request-reply")) {
        receiver.replyWith(
            received ->
                Reply.data(List.of(received.senderPort().orElseThrow(), received.message())));
      }
      AtomicBoolean enough = new AtomicBoolean();
      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (Address address : receiver.addresses()) {
        FrameSender sender = sender(mode, pattern, keys, List.of(address)).open();
        String port = Integer.toString(address.port());
        sending.add(Threads.run(() -> sendUntil(enough, sender, port)));
      }
      Map<String, Object> names = new HashMap<>();
      while (!receiver.ended()) {
        receiver
            .recv(Duration.ofMillis(20))
            .ifPresent(
                received -> {
                  try (received) {
                    names.put(received.senderPort().orElseThrow(), received.message());
                  }
                });
        enough.set(names.size() == 2);
      }
      sending.forEach(CompletableFuture::join);
      assertThat(names)
          .allSatisfy((port, message) -> assertThat(message).isEqualTo("from " + port));
      assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
      assertThat(receiver.stats().balanced()).isTrue();
    }
  }

  /** What is returned for a frame, where the pattern returns anything, is for that frame. */
  private static void sendUntil(AtomicBoolean enough, FrameSender sender, String port) {
    try (sender) {
      while (!enough.get()) {
        Receipt receipt = sender.send(FRAME, "from " + port);
        receipt.data().ifPresent(data -> assertThat(data).isEqualTo(List.of(port, "from " + port)));
        assertThat(receipt.data().isPresent())
            .isEqualTo(receipt.status() == Receipt.Status.ACKNOWLEDGED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STONEHOUSE, request-reply, false",
    "STONEHOUSE, request-reply, true",
    "STONEHOUSE, publish-subscribe, false",
    "IRONHOUSE, request-reply, false",
    "IRONHOUSE, request-reply, true",
    "IRONHOUSE, publish-subscribe, false"
  })
  void shouldCarryFramesToSeveralReceivers(SecureMode mode, String pattern, boolean broadcast) {
    List<FrameReceiver> receivers =
        List.of(
            receiver(mode, pattern, new RecordingEvents(), 1),
            receiver(mode, pattern, new RecordingEvents(), 1));
    List<Address> addresses = new ArrayList<>();
    List<CompletableFuture<Void>> receiving = new ArrayList<>();
    Set<Integer> served = ConcurrentHashMap.newKeySet();
    for (FrameReceiver receiver : receivers) {
      int port = receiver.addresses().get(0).port();
      addresses.addAll(receiver.addresses());
      if (pattern.equals("request-reply")) {
        receiver.replyWith(received -> Reply.data(port));
      }
      receiving.add(
          Threads.run(
              () -> {
                try (receiver) {
                  while (!receiver.ended()) {
                    receiver
                        .recv(Duration.ofMillis(20))
                        .ifPresent(
                            received -> {
                              received.close();
                              served.add(port);
                            });
                  }
                  assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
                  assertThat(receiver.stats().balanced()).isTrue();
                }
              }));
    }
    SenderBuilder sending = sender(mode, pattern, keys, addresses);
    try (FrameSender sender = (broadcast ? sending.broadcast() : sending).open()) {
      await()
          .atMost(Stream.LIMIT)
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> {
                Receipt receipt = sender.send(FRAME, "to all");
                receipt.receivers().forEach(SecureMultiTest::assertReturnedByItself);
                return served.size() == 2 && (!broadcast || receipt.acknowledgedBy().size() == 2);
              });
    }
    receiving.forEach(CompletableFuture::join);
  }

  private static void assertReturnedByItself(Receipt.Share share) {
    if (share.status() == Receipt.Status.ACKNOWLEDGED) {
      assertThat(share.data()).contains(Long.valueOf(share.port()));
    }
  }

  @Test
  void shouldRefuseTheOneSenderWhoseKeyIsNotListed() throws Exception {
    KeyDirectory ours = KeyDirectory.at(keys);
    KeyDirectory theirs = KeyDirectory.at(strangers);
    ours.make(List.of(KeyOwner.values()), false);
    theirs.make(List.of(KeyOwner.SENDER), false);
    Files.copy(ours.publicFile(KeyOwner.RECEIVER), theirs.publicFile(KeyOwner.RECEIVER));
    RecordingEvents events = new RecordingEvents();
    SecureMode mode = SecureMode.IRONHOUSE;
    try (FrameReceiver receiver = receiver(mode, "request-reply", events, 2);
        FrameSender stranger =
            sender(mode, "request-reply", strangers, List.of(receiver.addresses().get(0)))
                .requestTimeout(Duration.ofMillis(300))
                .open();
        FrameSender known =
            sender(mode, "request-reply", keys, List.of(receiver.addresses().get(1))).open()) {
      receiver.replyWith(received -> Reply.data("seen"));
      assertThat(stranger.send(FRAME).status()).isEqualTo(Receipt.Status.NO_PEER);
      events.awaitRefused(1);
      CompletableFuture<Receipt> sending = Threads.supply(() -> known.send(FRAME, "known"));
      try (ReceivedFrame received = receiver.recv(Stream.LIMIT).orElseThrow()) {
        assertThat(received.message()).isEqualTo("known");
      }
      assertThat(sending.join().data()).contains("seen");
      assertThat(stranger.send(FRAME).status()).isEqualTo(Receipt.Status.NO_PEER);
    }
  }
}
