package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong command lines end with status 2 and one clear sentence, before anything is opened. */
class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bogus | There is no command 'bogus'",
        "sendd | did you mean send?",
        "send --framez 3 | There is no flag '--framez'; did you mean --frames?",
        "send --protocol tcp | '--protocol'; an option without a flag of its own is given as --option",
        "keys --protocol | There is no flag '--protocol'.",
        "send stray | 'stray' belongs to no flag",
        "send --frames | --frames needs a value: N.",
        "send --name a --name b | --name is given twice",
        "send --frames 0 | --frames is at least 1, got 0.",
        "send --frames three | --frames is a whole number, got 'three'.",
        "send --seconds soon | --seconds is a number, got 'soon'.",
        "send --seconds -1 | --seconds is more than 0",
        "send --fps -2 | --fps: ",
        "send --resize 0 | --resize: ",
        "send --source test:1x | 'test:1x' is no test pattern",
        "send --source test:0x5 | --source test:0x5: ",
        "send --source test:0x5 | A picture's width is 1 to 65535 pixels, got 0.",
        "recv --return-source test:5x0 --transport memory --bind mem://usage | --return-source test:5x0: ",
        "send --colorspace GRAY -o jpeg_compression=false | --colorspace GRAY and --option jpeg_compression=false",
        "demo --raw -o jpeg_compression=BGR | --raw and --option jpeg_compression=BGR contradict",
        "recv -o encoded_only=true --view terminal | no pixels for --view",
        "recv -o encoded_only=true --check test | no pixels for --check",
        "send --colorspace COLOR_BGR2NOWHERE | COLOR_BGR2NOWHERE",
        "send --colorspace PURPLE | PURPLE",
        "send --quality 5 | jpeg_compression_quality",
        "send --message {oops | --message is no JSON value",
        "send --option foo | name=value",
        "send --option qality=3 | 'qality'",
        "send --bind --connect | --bind and --connect exclude each other",
        "send --bind tcp://a:1 --address tcp://b:2 | Two addresses were given",
        "send --ssh nobody | user@host:port",
        "send --ssh-key id | no tunnel is asked for",
        "send --ssh a@b --ssh-ask | --ssh-ask needs a terminal",
        "send --ssh a@b --bind | a tunnel leads to the peer",
        "send --ssh a@b --transport netty --connect ipc:///tmp/a:1 | a tunnel carries tcp and tls alone",
        "recv --bind tcp://1.2.3.4:99999 | 99999",
        "recv --timeout 0 | --timeout is more than 0",
        "recv --queue sideways | sideways",
        "recv --queue newest:x | queue_depth",
        "recv --max-age soon | soon",
        "recv --view moon | --view is window, terminal, none, got 'moon'.",
        "recv --return-message 1 --return-source test | exclude each other",
        "recv --return-message nonsense --transport memory | --return-message is no JSON value",
        "recv --pattern publish-subscribe --bidirectional | bidirectional",
        "doctor tcp://a:1 --address b | Two addresses were given",
        "doctor tcp://a:1 --connect tcp://b:2 | Two addresses were given",
        "doctor tcp://a:1 tcp://b:2 | 'tcp://b:2' belongs to no flag",
        "keys mend | Expected make, list, got 'mend'.",
        "doctor tcp://a:one | the port is not a number",
        "doctor tcp://a:0 | port 0",
        "doctor --timeout 0 | --timeout is more than 0",
        "doctor --for nobody | --for is sender, receiver, got 'nobody'.",
        "doctor --secure 7 | secure_mode",
      })
  void shouldRefuseInOneSentence(String line, String expected) {
    CommandRun run = CommandRun.start(line.split(" ", -1));

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("netgear: ").contains(expected);
    assertThat(run.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send --pattern gossip",
        "recv --pattern gossip",
        "doctor --pattern gossip",
        "send -o pattern=gossip",
        "relay --to tcp://localhost:1 --pattern gossip",
        "relay --to tcp://localhost:1 --to-pattern gossip"
      })
  void shouldTellWhichPatternsThereAre(String line) {
    CommandRun run = CommandRun.start(line.split(" ", -1));

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).startsWith("netgear: ").contains("'gossip'").contains("request-reply");
  }

  @Test
  void shouldTellAllWrongOptionsTogether() {
    CommandRun run =
        CommandRun.start(
            "send", "--quality", "5", "--subsampling", "1:2:3", "-o", "jpg=1", "--retries", "x");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err())
        .contains("4 options are wrong")
        .contains("'jpg'")
        .contains("jpeg_compression_quality")
        .contains("1:2:3")
        .contains("max_retries");
  }

  @Test
  void shouldTakeDefaultsForWrongOptionsWhenLenient() {
    CommandRun run =
        CommandRun.start(
            "send",
            "--quality",
            "5",
            "--lenient",
            "--connect",
            "mem://lenient",
            "--transport",
            "memory",
            "--timeout",
            "0.05",
            "--retries",
            "1",
            "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.summary()).containsEntry("ended", "timeout");
  }

  @Test
  void shouldTellWhereTheBenchmarksAre() {
    CommandRun run = CommandRun.start("bench", "--quick");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).startsWith("netgear: bench is started by the script ./netgear");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void shouldTellItsUsageWithoutCommand() {
    CommandRun run = CommandRun.start("");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void shouldListItsCommands() {
    CommandRun run = CommandRun.start("--help");

    assertThat(run.status()).isEqualTo(ExitStatus.FINE);
    assertThat(run.out())
        .contains("demo")
        .contains("send")
        .contains("recv")
        .contains("info")
        .contains("bench");
  }

  @ParameterizedTest
  @CsvSource({"demo", "send", "recv", "relay", "keys", "info", "doctor"})
  void shouldTellTheVersionOfEachCommand(String command) {
    CommandRun run = CommandRun.start(command, "--version");

    assertThat(run.status()).isEqualTo(ExitStatus.FINE);
    assertThat(run.out()).startsWith("netgear ");
  }

  @ParameterizedTest
  @CsvSource({"demo", "send", "recv", "info", "doctor"})
  void shouldExplainEachCommand(String command) {
    CommandRun run = CommandRun.start(command, "--help");

    assertThat(run.status()).isEqualTo(ExitStatus.FINE);
    assertThat(run.out()).startsWith("Usage: netgear " + command);
  }
}
