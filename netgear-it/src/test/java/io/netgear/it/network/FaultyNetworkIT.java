package io.netgear.it.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.Programs;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams of 30 frames/s over 50 ms of delay each way, 2 % of loss and 10 Mbit/s, cut for a while.
 * All patterns run at once, each over a line of its own, since most of it is waiting.
 */
@EnabledOnOs(OS.LINUX)
class FaultyNetworkIT {
  private static final long CUT_SECONDS = 8;

  /** Nobody sees frames that are older; a stream that lags ever more would show none at all. */
  private static final String MAX_AGE = "4";

  @RegisterExtension final Programs programs = new Programs();
  private final List<FaultyLine> lines = new ArrayList<>();

  private record Streamed(
      String pattern, FaultyLine line, RunningProgram receiver, RunningProgram sender) {}

  @AfterEach
  void shouldLeaveNoNamespaceBehind() throws IOException {
    for (FaultyLine line : lines) {
      line.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  @Timeout(300)
  void shouldDropFramesInsteadOfLaggingAndGoOnAfterACut(String transport) throws IOException {
    List<Streamed> streams = new ArrayList<>();
    for (String pattern : List.of("pair", "request-reply", "publish-subscribe", "push-pull")) {
      streams.add(start(transport, pattern));
    }
    for (Streamed stream : streams) {
      stream.receiver.awaitMoreFrames(10);
    }
    for (Streamed stream : streams) {
      stream.line.tell("delay 0.05");
      stream.line.tell("loss 0.02");
      stream.line.tell("rate 10000000");
    }
    for (Streamed stream : streams) {
      stream.receiver.awaitMoreFrames(20);
    }
    for (Streamed stream : streams) {
      stream.line.tell("cut");
    }
    pass(CUT_SECONDS);
    for (Streamed stream : streams) {
      stream.line.tell("mend");
    }
    for (Streamed stream : streams) {
      stream.receiver.awaitMoreFrames(20);
    }
    for (Streamed stream : streams) {
      // A publisher's goodbye may get lost where the line is full; that is not what is tried here.
      stream.line.tell("loss 0");
      stream.line.tell("delay 0");
      stream.line.tell("rate 0");
    }
    for (Streamed stream : streams) {
      stream.receiver.awaitMoreFrames(20);
      stream.sender.interrupt();
    }
    for (Streamed stream : streams) {
      check(stream);
    }
  }

  private Streamed start(String transport, String pattern) {
    FaultyLine line = FaultyLine.open();
    lines.add(line);
    RunningProgram receiver =
        programs.inNamespace(
            line.there(),
            "recv",
            "--bind",
            line.address(),
            "--transport",
            transport,
            "--pattern",
            pattern,
            "--check",
            "test",
            "--max-age",
            MAX_AGE,
            "--json-events");
    RunningProgram sender =
        programs.inNamespace(
            line.here(),
            "send",
            "--connect",
            line.address(),
            "--transport",
            transport,
            "--pattern",
            pattern,
            "--source",
            "test:640x360@30",
            "--quality",
            "95",
            "--retries",
            "0",
            "--timeout",
            "2",
            "--json-events");
    return new Streamed(pattern, line, receiver, sender);
  }

  /** Time in which nothing can get through. */
  private static void pass(long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static void check(Streamed stream) {
    Summary sent = stream.sender.awaitSummary().assertEnded("goodbye");
    Summary received = stream.receiver.awaitSummary().assertEnded("goodbye");

    assertThat(received.count("duplicated") + received.count("out_of_order"))
        .as("%s: frames that came twice or in the wrong order", stream.pattern)
        .isZero();
    assertThat(received.count("frames") + received.dropped())
        .as("%s: frames that arrived", stream.pattern)
        .isLessThanOrEqualTo(sent.count("offered"))
        .isGreaterThanOrEqualTo(acknowledged(stream.pattern, sent));
    assertThat(received.count("unrecognised")).isZero();
  }

  private static long acknowledged(String pattern, Summary sent) {
    return pattern.equals("pair") || pattern.equals("request-reply") ? sent.count("frames") : 0;
  }
}
