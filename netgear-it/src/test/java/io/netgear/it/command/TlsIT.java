package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.JavaProgram;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams inside TLS from process to process, with the packed jars. */
class TlsIT {
  private static final String SOURCE = "test:320x240@100";

  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path keys;
  @TempDir Path foreign;

  private static JavaProgram program(boolean modular, boolean natives) {
    JavaProgram program = modular ? JavaProgram.onModulePath() : JavaProgram.onClassPath();
    return natives
        ? program
        : program
            .without("netty-tcnative-boringssl-static")
            .without("netty-transport-native-epoll");
  }

  private void makeKeys(JavaProgram by, Path at) {
    assertThat(programs.start(by, "keys", "--tls", "--keys", at.toString()).awaitExit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, tls by BoringSSL",
    "true, false, tls by the JDK (no BoringSSL",
    "false, true, tls by BoringSSL",
    "false, false, tls by the JDK (no BoringSSL"
  })
  void shouldSendToAReceiverOfTheSameAuthorityAlone(
      boolean modular, boolean natives, String engine) {
    JavaProgram program = program(modular, natives);
    RunningProgram info = programs.start(program, "info");
    assertThat(info.awaitExit()).isZero();
    assertThat(String.join("\n", info.out())).contains(engine);
    makeKeys(program, keys);
    makeKeys(program, foreign);
    Receiver receiver =
        programs.receiverAt(
            "tls://127.0.0.1:0",
            program,
            "--transport",
            "netty",
            "--pattern",
            "1",
            "--keys",
            keys.toString(),
            "--check",
            "test");
    programs
        .sender(
            program,
            receiver,
            "--transport",
            "netty",
            "--pattern",
            "1",
            "--keys",
            foreign.toString(),
            "--source",
            SOURCE,
            "--timeout",
            "1",
            "--retries",
            "1")
        .awaitFailedSummary()
        .assertBalanced();

    Summary sent =
        programs
            .sender(
                program,
                receiver,
                "--transport",
                "netty",
                "--pattern",
                "1",
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
