package io.netgear.cli;

import static io.netgear.cli.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay between other commands, all in this process, over the in-memory transport. */
class RelayTest {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String in = "mem://relay-in-" + NEXT.incrementAndGet();
  private final String left = "mem://relay-left-" + NEXT.get();
  private final String right = "mem://relay-right-" + NEXT.get();

  private CommandRun ready(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--transport", "memory", "--json-events"));
    CommandRun run = CommandRun.start(all.toArray(String[]::new));
    await().until(() -> !run.lines().isEmpty());
    assertThat(run.lines().get(0)).contains("\"ready\"");
    return run;
  }

  private CommandRun send(String pattern, int frames, String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of("send", "--connect", in, "--pattern", pattern, "--transport", "memory"));
    all.addAll(List.of("--source", "test:256x64@1000", "--frames", "" + frames, "--json"));
    all.addAll(List.of(flags));
    return CommandRun.start(all.toArray(String[]::new));
  }

  @Test
  void shouldNotSendInPlainTextWhatComesInSecured(@TempDir Path keys) {
    String[] secured = {
      "relay", "--bind", "tcp://127.0.0.1:0", "--secure", "2", "--keys", keys.toString(), "--json"
    };
    for (String way : List.of("--to", "--publish")) {
      CommandRun run = CommandRun.start(with(secured, way, "tcp://127.0.0.1:1"));

      assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(run.err()).contains("tcp://127.0.0.1:1 in plain text", "--to-plain");
    }
    CommandRun meant =
        CommandRun.start(
            with(secured, "--to", "tcp://127.0.0.1:1", "--to-plain", "--seconds", "0.1"));
    meant.interruption.request();
    assertThat(meant.status()).isEqualTo(ExitStatus.FINE);
  }

  private static String[] with(String[] first, String... more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply"})
  void shouldSendEveryFrameOnToAllWhenHoldingBack(String pattern) {
    CommandRun first = ready("recv", "--bind", left, "--pattern", "1", "--check", "test");
    CommandRun second = ready("recv", "--bind", right, "--pattern", "1", "--check", "test");
    CommandRun relay =
        ready(
            "relay",
            "--bind",
            in,
            "--pattern",
            pattern,
            "--queue",
            "hold-back",
            "--to-transport",
            "memory",
            "--to",
            left,
            "--to",
            right);

    CommandRun sender = send(pattern, 30, "--message", "{\"lens\": 3}");

    assertThat(sender.summary()).containsEntry("frames", 30);
    assertThat(relay.summary())
        .containsEntry("role", "relay")
        .containsEntry("frames", 30)
        .containsEntry("messages", 30)
        .containsEntry("dropped", Map.of())
        .containsEntry("ended", "goodbye");
    for (CommandRun receiver : List.of(first, second)) {
      assertThat(receiver.summary())
          .containsEntry("frames", 30)
          .containsEntry("checked", 30)
          .containsEntry("missing", 0)
          .containsEntry("duplicated", 0)
          .containsEntry("out_of_order", 0)
          .containsEntry("messages", 30)
          .containsEntry("ended", "goodbye");
    }
    assertThat(outputs(relay))
        .hasSize(2)
        .allSatisfy(
            way -> {
              assertThat(way).containsEntry("frames", 30).containsEntry("offered", 30);
              assertThat(way).containsEntry("balanced", true).containsEntry("error", null);
            });
  }

  @Test
  void shouldNotLetAWayThatLeadsNowhereDelayTheOthers() {
    CommandRun receiver = ready("recv", "--bind", left, "--pattern", "1", "--check", "test");
    CommandRun relay =
        ready(
            "relay",
            "--bind",
            in,
            "--pattern",
            "1",
            "--queue",
            "hold-back",
            "--to-transport",
            "memory",
            "--to",
            left,
            "--to",
            right,
            "--to-option",
            "request_timeout=3");

    assertThat(send("1", 30).summary()).containsEntry("frames", 30);

    assertThat(receiver.summary()).containsEntry("checked", 30).containsEntry("missing", 0);
    Map<String, Object> nowhere = outputs(relay).get(1);
    assertThat(nowhere).containsEntry("frames", 0).containsEntry("offered", 30);
    assertThat(((Map<?, ?>) nowhere.get("dropped")).values().stream().mapToInt(n -> (int) n).sum())
        .isEqualTo(30);
  }

  @Test
  void shouldPassOnRawFramesBitForBit() {
    CommandRun receiver = ready("recv", "--bind", left, "--pattern", "1", "--check", "test");
    ready(
        "relay",
        "--bind",
        in,
        "--pattern",
        "0",
        "--queue",
        "hold-back",
        "--to-transport",
        "memory",
        "--to",
        left);

    send("0", 10, "--raw", "--colorspace", "GRAY");

    assertThat(receiver.summary()).containsEntry("exact", 10).containsEntry("colorspace", "GRAY");
  }

  @Test
  void shouldEndWhenNoWayOutIsLeft() {
    CommandRun relay =
        ready(
            "relay",
            "--bind",
            in,
            "--pattern",
            "1",
            "--to-transport",
            "memory",
            "--to",
            left,
            "--to-option",
            "request_timeout=0.05",
            "--to-option",
            "max_retries=1");
    CommandRun sender = send("1", 1_000);

    assertThat(relay.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(relay.err()).contains("No way out is left").contains(left);
    sender.interruption.request();
    sender.status();
  }

  @Test
  void shouldRefuseToGoNowhere() {
    CommandRun relay = CommandRun.start("relay", "--bind", in, "--transport", "memory");

    assertThat(relay.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(relay.err()).contains("--to ADDRESS").contains("--publish ADDRESS");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> outputs(CommandRun relay) {
    return (List<Map<String, Object>>) relay.summary().get("outputs");
  }
}
