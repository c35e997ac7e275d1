package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.Json;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several senders, or several receivers, one of which is killed while frames flow. */
@EnabledOnOs(OS.LINUX)
class SeveralEndsIT {
  private static final String SOURCE = "test:320x240@50";

  @RegisterExtension final Programs programs = new Programs();

  @ParameterizedTest
  @CsvSource({"zmq, request-reply", "zmq, publish-subscribe", "netty, request-reply"})
  void shouldGoOnWithTheOtherSendersWhenOneIsKilled(String transport, String pattern) {
    RunningProgram receiver =
        programs.netgear(
            "recv",
            "--multi-server",
            "--bind",
            "tcp://127.0.0.1:0,tcp://127.0.0.1:0",
            "--transport",
            transport,
            "--pattern",
            pattern,
            "-o",
            "idle_limit=4",
            "--retries",
            "2",
            "--json-events");
    List<?> addresses =
        (List<?>) Json.object(receiver.awaitLine("\"event\":\"ready\"")).get("addresses");
    RunningProgram killed = sender((String) addresses.get(0), transport, pattern);
    RunningProgram other = sender((String) addresses.get(1), transport, pattern);
    receiver.awaitMoreFrames(50);
    killed.kill();
    receiver.awaitMoreFrames(100);
    other.interrupt();

    Summary sent = other.awaitSummary().assertEnded("goodbye");
    // One of its senders said no goodbye.
    Summary received = receiver.awaitFailedSummary().assertBalanced();
    assertThat(received.value("ended")).isEqualTo("timeout");
    if (pattern.equals("request-reply")) {
      assertThat(received.count("offered")).isGreaterThan(sent.count("frames"));
    }
  }

  private RunningProgram sender(String address, String transport, String pattern) {
    return programs.netgear(
        "send",
        "--multi-server",
        "--connect",
        address,
        "--transport",
        transport,
        "--pattern",
        pattern,
        "--source",
        SOURCE,
        "--retries",
        "0",
        "--json-events");
  }

  @ParameterizedTest
  @CsvSource({"zmq, false", "zmq, true", "netty, true"})
  void shouldGoOnWithTheOtherReceiversWhenOneIsKilled(String transport, boolean broadcast) {
    Receiver killed = oneOfSeveral(transport);
    Receiver other = oneOfSeveral(transport);
    RunningProgram sender =
        programs.netgear(
            "send",
            "--multi-client",
            "--json-events",
            "-o",
            "broadcast=" + broadcast,
            "--connect",
            killed.address() + "," + other.address(),
            "--transport",
            transport,
            "--pattern",
            "1",
            "--source",
            SOURCE,
            "--timeout",
            "3",
            "--retries",
            "0");
    killed.awaitFrames();
    other.awaitFrames();
    killed.program().kill();
    other.program().awaitMoreFrames(100);
    sender.interrupt();

    Summary sent = sender.awaitSummary().assertEnded("goodbye");
    Summary received = other.awaitSummary().assertEnded("goodbye");
    assertThat(received.count("duplicated") + received.count("out_of_order")).isZero();
    assertThat(received.count("offered")).isLessThanOrEqualTo(sent.count("offered"));
    Map<?, ?> dropped = (Map<?, ?>) sent.value("dropped");
    assertThat(dropped.size())
        .as("%s: no frame but the one that the killed receiver had", dropped)
        .isLessThanOrEqualTo(1);
  }

  private Receiver oneOfSeveral(String transport) {
    return programs.receiver(
        "--transport", transport, "--pattern", "1", "--multi-client", "--check", "test");
  }
}
