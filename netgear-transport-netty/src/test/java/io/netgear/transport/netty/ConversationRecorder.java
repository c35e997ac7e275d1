package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Writes the conversations down that {@link ConformanceTest} replays; how to start it stands beside
 * them, in their README.md. Not a test by its name, so that no build runs it.
 */
class ConversationRecorder {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "io", "netgear", "transport", "netty", "conversations");

  /** For heartbeats that are on their way. */
  private static final Duration MOMENT = Duration.ofMillis(300);

  private record Said(char by, List<byte[]> parts) {}

  private static Said said(char by, Object... parts) {
    return new Said(
        by,
        Arrays.stream(parts)
            .map(
                part ->
                    part instanceof Integer length
                        ? filled(length)
                        : ((String) part).getBytes(StandardCharsets.US_ASCII))
            .toList());
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"libzmq, 1", "libzmq, 0", "jeromq, -1"})
  void record(String of, int minor) throws Exception {
    Recording recording = new Recording(of, minor);
    recording.write(
        "pair",
        "PAIR",
        "PAIR",
        "first second",
        said('>', "a header", 300),
        said('<', "an answer"),
        said('>', "", 255, "x"),
        said('<', 256, ""));
    recording.write(
        "request-reply",
        "REQ REQ_CORRELATE=1 REQ_RELAXED=1",
        "REP",
        "first second",
        said('>', "a header", 300),
        said('<', "an answer"),
        said('>', "", ""),
        said('<', 255, 256, ""));
    recording.write(
        "request-reply-without-numbers",
        "REQ",
        "REP",
        "second",
        said('>', "a header", 300),
        said('<', "an answer"));
    recording.write(
        "request-router",
        "REQ REQ_CORRELATE=1 REQ_RELAXED=1",
        "ROUTER",
        "first",
        said('>', "a header", 300),
        said('<', "an answer", ""));
    recording.write(
        "dealer-reply",
        "DEALER",
        "REP",
        "second",
        said('>', "one hop", "another", "", "a header", 300),
        said('<', "an answer"));
    recording.write(
        "push-pull",
        "PUSH",
        "PULL",
        "first second",
        said('>', "a header", 1500),
        said('>', ""),
        said('>', 255),
        said('>', 256, "x", 2000));
    recording.write(
        "subscribe-publish",
        "SUB",
        "PUB",
        "first second",
        said('s', ""),
        said('<', "a header", 300),
        said('<', "", "x"),
        said('<', 256));
    recording.write(
        "topics",
        "SUB",
        "PUB",
        "second",
        said('s', "a"),
        said('<', "a1", 300),
        said('u', "a"),
        said('s', "b"),
        said('<', "b1"),
        said('!', "a2"),
        said('<', "b2"));
    if (minor != 0) { // JeroMQ asks for signs of life, although it says that it speaks 3.0
      recording.write(
          "heartbeats",
          "PAIR HEARTBEAT_IVL=200",
          "PAIR",
          minor == 1 ? "first second" : "second",
          said('>', "a header", 300),
          said('p'),
          said('<', "an answer"));
    }
    if (minor == 1) {
      recording.write("turned-away", "PAIR", "PAIR deny=1", "first", said('e'));
    }
  }

  /** All conversations of ends of one kind. */
  private static final class Recording {
    private final String of;
    private final int minor;

    Recording(String of, int minor) {
      this.of = of;
      this.minor = minor;
    }

    private ZmtpEnd open(List<String> words) throws IOException {
      List<String> options = words.subList(1, words.size());
      return of.equals("libzmq")
          ? ZmtpEnd.ofLibzmq(words.get(0), options)
          : ZmtpEnd.ofJeromq(words.get(0), options);
    }

    void write(String name, String first, String second, String takes, Said... script)
        throws IOException {
      List<String> firstWords = List.of(first.split(" "));
      List<String> secondWords = List.of(second.split(" "));
      try (ZmtpEnd one = open(firstWords);
          ZmtpEnd other = open(secondWords);
          Tap tap = new Tap(one.port(), other.port(), minor)) {
        for (Said said : script) {
          play(said, one, other, tap);
        }
        List<Conversation.Unit> units = tap.units();
        int spoken = units.get(0).bytes()[11];
        String version =
            (of.equals("libzmq") ? "libzmq 4.3.4" : "JeroMQ 0.6.0") + ", ZMTP 3." + spoken;
        new Conversation(
                String.join("-", of, "3." + spoken, name),
                version,
                firstWords.get(0),
                secondWords.get(0),
                takes,
                units)
            .write(FOLDER);
      }
    }

    private static void play(Said said, ZmtpEnd first, ZmtpEnd second, Tap tap) {
      int before = tap.units().size();
      switch (said.by) {
        case '>' -> pass(said.parts, first, second);
        case '<' -> pass(said.parts, second, first);
        case '!' -> {
          tap.unsaid(said.parts.get(0));
          second.send(said.parts);
        }
        case 's' -> {
          first.subscribe(said.parts.get(0));
          await().until(() -> subscriptions(tap) > 0 && tap.units().size() > before);
          settle();
        }
        case 'u' -> {
          first.unsubscribe(said.parts.get(0));
          await().until(() -> tap.units().size() > before);
          settle();
        }
        case 'p' ->
            await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> tap.units().stream().anyMatch(Conversation.Unit::isPing));
        default -> await().until(() -> endsInError(tap.units()));
      }
    }

    private static boolean endsInError(List<Conversation.Unit> units) {
      return !units.isEmpty() && new Conversation("", "", "", "", "", units).endsInError();
    }

    /** Frames and commands of a subscriber behind its READY. */
    private static long subscriptions(Tap tap) {
      return tap.units().stream().filter(unit -> unit.by() == '>').skip(2).count();
    }

    /** Until what is through the tap has been heard. */
    private static void settle() {
      await().pollDelay(MOMENT).until(() -> true);
    }

    private static void pass(List<byte[]> parts, ZmtpEnd from, ZmtpEnd to) {
      from.send(parts);
      List<byte[]> received = to.receive();
      assertThat(received.get(received.size() - 1)).isEqualTo(parts.get(parts.size() - 1));
    }
  }
}
