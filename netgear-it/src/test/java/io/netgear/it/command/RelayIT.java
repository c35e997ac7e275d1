package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.Json;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A relay between processes, which may take from one transport and give to another. */
class RelayIT {
  @RegisterExtension final Programs programs = new Programs();

  @ParameterizedTest
  @CsvSource({"zmq, zmq", "netty, netty", "netty, zmq", "zmq, netty"})
  void shouldSendOnToAReceiverAndPublishToSubscribers(String from, String to) {
    Receiver receiver =
        programs.receiver("--transport", to, "--pattern", "request-reply", "--check", "test");
    RunningProgram relay =
        programs.netgear(
            "relay",
            "--bind",
            "tcp://127.0.0.1:0",
            "--transport",
            from,
            "--to-transport",
            to,
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
            "--transport",
            to,
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
            "--transport",
            from,
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
