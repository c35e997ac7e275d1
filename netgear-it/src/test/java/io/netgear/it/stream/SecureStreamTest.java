package io.netgear.it.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.InvalidOptionsException;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.Reply;
import io.netgear.SecureMode;
import io.netgear.TransportException;
import io.netgear.testkit.RecordingEvents;
import io.netgear.testkit.Threads;
import io.netgear.transport.zmq.KeyDirectory;
import io.netgear.transport.zmq.KeyOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams under CURVE: every pattern, both modes, and what becomes of those who do not belong. */
@Timeout(180)
class SecureStreamTest {
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR));
  private static final List<String> PATTERNS =
      List.of("pair", "request-reply", "publish-subscribe", "push-pull");

  @TempDir Path keys;
  @TempDir Path strangers;

  private Stream open(String pattern, SecureMode mode) {
    return Stream.open(
        "zmq",
        pattern,
        sender -> sender.secure(mode).keys(keys),
        receiver -> receiver.secure(mode).keys(keys));
  }

  @ParameterizedTest
  @CsvSource({"STONEHOUSE", "IRONHOUSE"})
  void shouldCarryFramesInEveryPattern(SecureMode mode) throws Exception {
    for (String pattern : PATTERNS) {
      try (Stream stream = open(pattern, mode)) {
        for (int i = 0; i < 3; i++) {
          try (ReceivedFrame received = stream.exchange(FRAME, Map.of("n", i))) {
            assertThat(received.message()).as(pattern).isEqualTo(Map.of("n", (long) i));
            assertThat(received.frame().format().width()).isEqualTo(64);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"pair", "request-reply"})
  void shouldReturnDataToTheFrameThatItAnswers(String pattern) throws Exception {
    try (Stream stream =
        Stream.open(
            "zmq",
            pattern,
            sender -> sender.secure(SecureMode.IRONHOUSE).keys(keys).bidirectional(),
            receiver -> receiver.secure(SecureMode.IRONHOUSE).keys(keys).bidirectional())) {
      for (int i = 0; i < 3; i++) {
        int number = i;
        CompletableFuture<Receipt> sent = Threads.supply(() -> stream.sender.send(FRAME, number));
        try (ReceivedFrame received =
            stream.receiver.recv(Stream.LIMIT, Reply.data("to " + i)).orElseThrow()) {
          assertThat(received.message()).isEqualTo((long) i);
        }
        assertThat(sent.join().data()).contains("to " + i);
      }
    }
  }

  @Test
  void shouldFailWithinItsDeadlineWhenRefused() throws Exception {
    stranger();
    for (String pattern : PATTERNS) {
      RecordingEvents events = new RecordingEvents();
      try (FrameReceiver receiver =
              NetGear.receiver("tcp://127.0.0.1:0")
                  .pattern(pattern)
                  .secure(SecureMode.IRONHOUSE)
                  .keys(keys)
                  .onEvent(events)
                  .open();
          FrameSender sender =
              NetGear.sender(receiver.addresses().get(0).toString())
                  .pattern(pattern)
                  .secure(SecureMode.IRONHOUSE)
                  .keys(strangers)
                  .requestTimeout(Duration.ofMillis(500))
                  .maxRetries(0)
                  .open()) {
        for (int i = 0; i < 2; i++) {
          assertThat(sender.send(FRAME).status())
              .as(pattern)
              .isIn(Status.NO_PEER, Status.TIMED_OUT, Status.DROPPED);
          events.awaitRefused(1);
        }
        assertThat(receiver.recv(Duration.ofMillis(200))).as(pattern).isEmpty();
        assertThat(events.refused().get(0)).contains(fingerprintOf(strangers), "public_keys/*.key");
      }
    }
  }

  @Test
  void shouldSayWhatIsProtectedAndNeverTheSecret() throws IOException {
    try (Stream stream = open("request-reply", SecureMode.IRONHOUSE)) {
      String secret =
          Files.readString(KeyDirectory.at(keys).secretFile(KeyOwner.SENDER)).split("\"", -1)[3];
      assertThat(secret).hasSize(40);
      assertThat(stream.sender.explain())
          .contains("CURVE 2 (IronHouse) as sender")
          .doesNotContain(secret);
      assertThat(stream.receiver.explain()).contains("CURVE 2 (IronHouse) as receiver");
    }
  }

  @Test
  void shouldOpenNothingWithoutKeysOrTransportForIt() throws IOException {
    KeyDirectory.at(strangers).make(List.of(KeyOwner.SENDER), false);
    assertThatThrownBy(NetGear.sender().secure(SecureMode.STONEHOUSE).keys(strangers)::open)
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("server.key");
    for (String transport : List.of("memory", "netty")) {
      assertThatThrownBy(
              NetGear.sender().transport(transport).secure(SecureMode.STONEHOUSE).keys(keys)::open)
          .isInstanceOf(InvalidOptionsException.class)
          .hasMessageContaining("transport " + transport)
          .hasMessageContaining("nothing falls back to none");
    }
    assertThat(keys).isEmptyDirectory();
  }

  /** A sender that knows our receiver, which does not know it. */
  private void stranger() throws IOException {
    KeyDirectory ours = KeyDirectory.at(keys);
    KeyDirectory theirs = KeyDirectory.at(strangers);
    ours.make(List.of(KeyOwner.values()), false);
    theirs.make(List.of(KeyOwner.SENDER), false);
    Files.copy(ours.publicFile(KeyOwner.RECEIVER), theirs.publicFile(KeyOwner.RECEIVER));
  }

  private static String fingerprintOf(Path directory) {
    return KeyDirectory.at(directory).entries().get(0).key().orElseThrow().fingerprint();
  }
}
