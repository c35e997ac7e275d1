package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.JavaProgram;
import io.netgear.it.process.Ports;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends that hang for a while, or are killed over and over, each while frames flow. */
@EnabledOnOs(OS.LINUX)
class SuspendIT {
  private static final String SOURCE = "test:320x240@50";

  @RegisterExtension final Programs programs = new Programs();

  @ParameterizedTest
  @CsvSource({
    "zmq, pair",
    "zmq, request-reply",
    "zmq, publish-subscribe",
    "zmq, push-pull",
    "netty, request-reply",
    "netty, push-pull"
  })
  void shouldGoOnAfterEitherEndHung(String transport, String pattern) {
    Receiver receiver =
        programs.receiver(
            "--transport", transport, "--pattern", pattern, "--check", "test", "--retries", "0");
    RunningProgram sender = sender(receiver, transport, pattern);
    receiver.program().awaitMoreFrames(20);

    receiver.program().suspend();
    boolean acknowledged = pattern.equals("pair") || pattern.equals("request-reply");
    if (acknowledged) {
      sender.awaitLine("\"not_acknowledged\":");
    } else {
      sender.awaitMoreFrames(pattern.equals("push-pull") ? 0 : 50);
    }
    receiver.program().resume();
    receiver.program().awaitMoreFrames(50);
    sender.suspend();
    receiver.program().awaitEvents(3);
    sender.resume();
    receiver.program().awaitMoreFrames(50);
    sender.interrupt();

    Summary sent = sender.awaitSummary().assertEnded("goodbye");
    Summary received = receiver.awaitSummary().assertEnded("goodbye");
    assertThat(received.count("duplicated") + received.count("out_of_order")).isZero();
    assertThat(received.count("offered")).isLessThanOrEqualTo(sent.count("offered"));
    if (acknowledged) {
      assertThat(received.count("offered")).isGreaterThanOrEqualTo(sent.count("frames"));
    }
  }

  @Test
  void shouldEndASenderByCtrlCWhileItsReceiverHangs() {
    Receiver receiver = programs.receiver("--pattern", "request-reply");
    RunningProgram sender = sender(receiver, "zmq", "request-reply");
    receiver.program().awaitMoreFrames(20);
    receiver.program().suspend();
    sender.awaitLine("\"not_acknowledged\":");
    sender.interrupt();

    sender.awaitSummary().assertEnded("goodbye");
  }

  @Test
  void shouldEndAReceiverByCtrlCWhileItsSenderHangsAndFreeThePort() throws IOException {
    Receiver receiver = programs.receiver("--pattern", "request-reply");
    RunningProgram sender = sender(receiver, "zmq", "request-reply");
    receiver.program().awaitMoreFrames(20);
    sender.suspend();
    receiver.program().interrupt();
    receiver.awaitSummary().assertEnded("goodbye");

    Ports.taken(URI.create(receiver.address()).getPort()).close();
  }

  @ParameterizedTest
  @CsvSource({
    "zmq, request-reply",
    "zmq, publish-subscribe",
    "netty, request-reply",
    "netty, publish-subscribe"
  })
  void shouldGoOnHoweverOftenAReceiverIsKilledAndStartedAgain(String transport, String pattern) {
    Receiver receiver = programs.receiver("--transport", transport, "--pattern", pattern);
    RunningProgram sender = sender(receiver, transport, pattern);
    for (int life = 0; life < 3; life++) {
      receiver.program().awaitMoreFrames(20);
      receiver.program().kill();
      receiver =
          programs.receiverAt(
              receiver.address(),
              JavaProgram.onModulePath(),
              "--transport",
              transport,
              "--pattern",
              pattern,
              "--check",
              "test");
    }
    receiver.program().awaitMoreFrames(20);
    sender.interrupt();

    Summary sent = sender.awaitSummary().assertEnded("goodbye");
    Summary received = receiver.awaitSummary().assertEnded("goodbye");
    assertThat(received.count("duplicated") + received.count("out_of_order")).isZero();
    assertThat(received.count("offered")).isLessThan(sent.count("offered"));
  }

  private RunningProgram sender(Receiver receiver, String transport, String pattern) {
    return programs.sender(
        receiver,
        "--transport",
        transport,
        "--pattern",
        pattern,
        "--source",
        SOURCE,
        "--retries",
        "0",
        "--timeout",
        "0.5");
  }
}
