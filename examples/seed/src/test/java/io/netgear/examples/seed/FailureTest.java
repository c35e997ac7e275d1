package io.netgear.examples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The programs as a user starts them, with something missing. */
class FailureTest {
  @Test
  void shouldSayInOneSentenceThatThereIsNoClip() throws Exception {
    assertThat(complaint(BareMinimumServer.class, "no-such-clip.mp4"))
        .singleElement()
        .asString()
        .startsWith("There is no file 'no-such-clip.mp4'.");
  }

  @Test
  void shouldSayInOneSentenceThatTheAddressIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "tcp://127.0.0.1:" + taken.getLocalPort();

      assertThat(complaint(BareMinimumClient.class, address))
          .singleElement()
          .asString()
          .contains(address);
    }
  }

  @Test
  void shouldSayInOneSentenceThatAnAddressIsNone() throws Exception {
    assertThat(complaint(BareMinimumServer.class, "test:64x64", "hello world"))
        .singleElement()
        .asString()
        .contains("'hello world' is not of the form tcp://host:port");
  }

  /** What a program writes to standard error before it ends with status 1. */
  private static List<String> complaint(Class<?> program, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      List<String> lines = linesOf(process);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s", lines).isEqualTo(1);
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Without what the JVM itself says of native libraries. */
  private static List<String> linesOf(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
        .toList();
  }
}
