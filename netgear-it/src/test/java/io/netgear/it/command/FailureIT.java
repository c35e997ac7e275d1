package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.JavaProgram;
import io.netgear.it.process.Json;
import io.netgear.it.process.Ports;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each failure ends in one clear sentence and the right exit status. */
class FailureIT {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @RegisterExtension final Programs programs = new Programs();

  @Test
  void shouldSayThatAnAddressIsInUse() throws IOException {
    try (ServerSocket taken = Ports.taken(0)) {
      String address = "tcp://127.0.0.1:" + taken.getLocalPort();
      String complaint = programs.netgear("recv", "--bind", address).awaitComplaint(FAILED);

      assertThat(complaint).contains(address).contains("in use");
    }
  }

  @Test
  void shouldSayThatNobodyIsThereWithinTheRetries() {
    String address = "tcp://127.0.0.1:" + Ports.free();
    RunningProgram sender =
        programs.netgear(
            "send", "--connect", address, "--retries", "2", "--timeout", "0.2", "--json");
    Summary summary = sender.awaitFailedSummary().assertBalanced();

    assertThat(sender.err()).contains(address).contains("Is the receiver running?");
    assertThat(summary.value("ended")).isEqualTo("timeout");
    assertThat(sender.err()).contains((String) summary.value("error"));
    assertThat(summary.count("frames")).isZero();
  }

  @Test
  void shouldSayThatNoFrameCame() {
    Receiver receiver = programs.receiver("--timeout", "0.3");
    Summary summary = receiver.program().awaitFailedSummary().assertBalanced();

    assertThat(summary.value("ended")).isEqualTo("timeout");
    assertThat(receiver.program().err())
        .contains(receiver.address())
        .contains("Is the sender running");
  }

  @Test
  void shouldNameTheTransportThatHasTheProtocol() {
    String complaint =
        programs.netgear("send", "--connect", "tls://127.0.0.1:1").awaitComplaint(USAGE);

    assertThat(complaint)
        .contains("transport zmq offers tcp: take one of these, or transport netty.");
  }

  @Test
  void shouldSayThatAFileIsMissing() {
    String complaint =
        programs.netgear("send", "--source", "/nonexistent/clip.mp4").awaitComplaint(FAILED);

    assertThat(complaint).contains("/nonexistent/clip.mp4");
  }

  @Test
  void shouldSayThatAFileIsNoVideo(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("clip.mp4"), "not a film at all".repeat(100));
    String complaint = programs.netgear("send", "--source", file.toString()).awaitComplaint(FAILED);

    assertThat(complaint).contains(file.toString());
  }

  @Test
  void shouldSayThatThereIsNoDisplayForAWindow() {
    JavaProgram headless = JavaProgram.onModulePath().with("-Djava.awt.headless=true");
    String complaint =
        programs
            .start(headless, "recv", "--bind", "tcp://127.0.0.1:0", "--view", "window")
            .awaitComplaint(FAILED);

    assertThat(complaint).contains("Set DISPLAY");
  }

  @Test
  void shouldSayThatACameraIsAbsent() {
    for (String camera : List.of("99", "/dev/video99")) {
      String complaint =
          programs
              .netgear("send", "--connect", "tcp://127.0.0.1:1", "--source", camera)
              .awaitComplaint(FAILED);

      assertThat(complaint).contains("There is no camera " + camera).contains("/dev/video99");
    }
  }

  @Test
  void shouldTellItsVersionOnTheClassPathToo() {
    RunningProgram modular = programs.netgear("--version");
    RunningProgram plain = programs.start(JavaProgram.onClassPath(), "--version");

    assertThat(modular.awaitExit()).isZero();
    assertThat(plain.awaitExit()).isZero();
    assertThat(plain.out()).isEqualTo(modular.out());
    assertThat(plain.out().get(0)).matches("netgear \\d+\\.\\d+.*");
  }

  @Test
  void shouldSayThatAHostIsUnknown() {
    String complaint =
        programs
            .netgear(
                "send",
                "--connect",
                "tcp://no-such-host.invalid:5555",
                "--retries",
                "1",
                "--timeout",
                "0.2")
            .awaitComplaint(FAILED);

    assertThat(complaint).contains("no-such-host.invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "send --frobnicate, --frobnicate",
    "recv --prot 5555, --prot",
    "send --frames many, many",
    "send --frames 0, at least 1",
    "recv --check patterns, patterns",
    "send --message {oops, --message",
    "send --option colour=red, colour",
    "send --option nonsense, nonsense",
    "send --source test:0x5, got 0",
    "send --resize 300000, 300000",
    "recv --bind tcp://*:5555 --connect tcp://h:1, --bind and --connect",
    "recv --return-message 1 --return-source test, --return-source",
    "recv --queue sometimes, sometimes",
    "transmit, transmit",
    "send --pattern gossip, gossip",
  })
  void shouldRefuseWhatWasAskedWrongly(String line, String mentioned) {
    String complaint = programs.netgear(line.split(" ")).awaitComplaint(USAGE);

    assertThat(complaint).contains(mentioned);
  }

  @Test
  void shouldNameEveryWrongOptionInOneGo() {
    RunningProgram sender =
        programs.netgear(
            "send",
            "--json",
            "--quality",
            "101",
            "--pattern",
            "gossip",
            "--retries",
            "-1",
            "-o",
            "jpeg_compresion_quality=95",
            "--connect",
            "tcp://127.0.0.1:99999");
    String complaint = sender.awaitComplaint(USAGE);

    assertThat(complaint)
        .contains("jpeg_compression_quality")
        .contains("101")
        .contains("gossip")
        .contains("max_retries")
        .contains("Did you mean 'jpeg_compression_quality'?")
        .contains("99999");
    // Who reads only JSON learns it as well.
    assertThat(Json.object(sender.out().get(0)).get("error")).asString().contains("gossip");
  }

  @Test
  void shouldWarnButGoOnWhenLenient() {
    Receiver receiver = programs.receiver("--check", "test");
    RunningProgram sender =
        programs.sender(
            receiver, "--lenient", "--quality", "101", "--frames", "3", "--source", "test:320x240");

    assertThat(sender.awaitExit()).isZero();
    assertThat(sender.err()).startsWith("netgear: warning:").contains("101");
    receiver.awaitSummary().assertWholePattern(3);
  }

  @Test
  void shouldSayThatTheNativeLibraryIsMissingAndTakeNoOther() {
    JavaProgram program =
        JavaProgram.onModulePath().with("-Dnetgear.turbojpeg.library=/nonexistent/libturbo.so");
    Receiver receiver = programs.receiver();
    String complaint =
        programs
            .start(program, "send", "--connect", receiver.address(), "--frames", "1")
            .awaitComplaint(FAILED);

    assertThat(complaint).contains("/nonexistent/libturbo.so").contains("turbojpeg");
  }

  @Test
  void shouldSayThatTheNativeLibraryIsCorrupt(@TempDir Path folder) throws IOException {
    Path library = Files.writeString(folder.resolve("libturbo.so"), "no library at all");
    JavaProgram program = JavaProgram.onModulePath().with("-Dnetgear.turbojpeg.library=" + library);
    String complaint =
        programs
            .start(program, "send", "--connect", "tcp://127.0.0.1:" + Ports.free())
            .awaitComplaint(FAILED);

    assertThat(complaint).contains(library.toString());
  }
}
