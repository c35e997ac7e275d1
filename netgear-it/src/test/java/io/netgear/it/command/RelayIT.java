package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.Json;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A relay between processes, over ZeroMQ. */
class RelayIT {
  @RegisterExtension final Programs programs = new Programs();

  @Test
  void shouldSendOnToAReceiverAndPublishToSubscribers() {
    Receiver receiver = programs.receiver("--pattern", "request-reply", "--check", "test");
    RunningProgram relay =
        programs.netgear(
            "relay",
            "--bind",
            "tcp://127.0.0.1:0",
            "--pattern",
            "request-reply",
            "--queue",
            "hold-back",
            "--to",
            receiver.address(),
            "--publish",
            "tcp://127.0.0.1:0",
            "--json-events");
    Map<String, Object> ready = Json.object(relay.awaitLine("\"event\":\"ready\""));
    String publishedAt = (String) ((List<?>) ready.get("outputs")).get(1);
    RunningProgram subscriber =
        programs.netgear(
            "recv",
            "--connect",
            publishedAt,
            "--pattern",
            "publish-subscribe",
            "--check",
            "test",
            "--frames",
            "20",
            "--json-events");
    subscriber.awaitLine("\"event\":\"ready\"");
    String in = (String) ((List<?>) ready.get("addresses")).get(0);
    RunningProgram sender =
        programs.netgear(
            "send",
            "--connect",
            in,
            "--pattern",
            "request-reply",
            "--source",
            "test:320x240@100",
            "--json-events");

    Summary subscribed = subscriber.awaitSummary().assertEnded("limit");
    sender.interrupt();
    Summary sent = sender.awaitSummary();
    Summary relayed = relay.awaitSummary().assertEnded("goodbye");
    Summary received = receiver.awaitSummary().assertEnded("goodbye");

    assertThat(subscribed.count("checked")).isEqualTo(20);
    assertThat(subscribed.count("out_of_order") + subscribed.count("duplicated")).isZero();
    received.assertWholePattern(sent.count("frames"));
    assertThat(relayed.count("frames")).isEqualTo(sent.count("frames"));
  }
}
