package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted streams from process to process. */
class SecureIT {
  private static final String SOURCE = "test:320x240@100";

  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path keys;
  @TempDir Path strangers;

  @Test
  void shouldShowTheDemoEncrypted() {
    Summary received =
        programs
            .netgear(
                "demo",
                "--secure",
                "2",
                "--keys",
                keys.toString(),
                "--source",
                SOURCE,
                "--frames",
                "30",
                "--json")
            .awaitSummary();

    received.assertEnded("goodbye").assertWholePattern(30);
    assertThat(keys.resolve(".vidgear/keys/private_keys/server.key_secret")).exists();
    assertThat(keys.resolve(".vidgear/keys/public_keys/client.key")).exists();
  }

  @Test
  void shouldSendToAReceiverThatKnowsTheSenderAndToNoOther() {
    Receiver receiver =
        programs.receiver(
            "--pattern", "1", "--secure", "2", "--keys", keys.toString(), "--check", "test");
    RunningProgram plain =
        programs.sender(
            receiver, "--pattern", "1", "--source", SOURCE, "--timeout", "1", "--retries", "1");
    assertThat(plain.awaitFailedSummary().assertBalanced().count("frames")).isZero();
    String unknown =
        programs
            .netgear(
                "send",
                "--connect",
                receiver.address(),
                "--pattern",
                "1",
                "--secure",
                "2",
                "--keys",
                strangers.toString(),
                "--source",
                SOURCE,
                "--timeout",
                "1",
                "--retries",
                "1",
                "--json")
            .awaitFailedSummary()
            .assertBalanced()
            .values()
            .get("error")
            .toString();
    assertThat(unknown).contains("Nobody");

    Summary sent =
        programs
            .sender(
                receiver,
                "--pattern",
                "1",
                "--secure",
                "2",
                "--keys",
                keys.toString(),
                "--source",
                SOURCE,
                "--frames",
                "30",
                "--retries",
                "0")
            .awaitSummary()
            .assertEnded("limit");
    assertThat(receiver.program().awaitExit()).isZero();
    Summary received = receiver.program().summary().assertEnded("goodbye");

    assertThat(sent.count("frames")).isEqualTo(30);
    received.assertWholePattern(30);
    assertThat(received.count("refused")).isPositive();
    assertThat(receiver.program().refusals()).isNotEmpty();
  }
}
