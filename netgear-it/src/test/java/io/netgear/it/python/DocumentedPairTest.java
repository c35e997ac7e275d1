package io.netgear.it.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.StreamEnd;
import io.netgear.it.process.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The two scripts of docs/python.md, as they stand there. */
@Timeout(120)
class DocumentedPairTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern SCRIPT =
      Pattern.compile("```python\n(import json, sys\n.*?)```", Pattern.DOTALL);

  @RegisterExtension static final PythonPeer PYTHON = new PythonPeer();

  @TempDir private Path folder;

  private Process run(int number, String address) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "python.md"));
    List<String> scripts = SCRIPT.matcher(page).results().map(MatchResult::group).toList();
    assertThat(scripts).hasSize(2);
    String script = scripts.get(number).replaceAll("```(python)?", "");
    Path file = Files.writeString(folder.resolve("script.py"), script);
    return new ProcessBuilder(PYTHON.interpreter(), file.toString(), address)
        .redirectErrorStream(true)
        .start();
  }

  private static List<String> rest(Process python, BufferedReader lines)
      throws InterruptedException {
    List<String> rest = lines.lines().toList();
    assertThat(python.waitFor()).as("%s", rest).isZero();
    return rest;
  }

  @Test
  void shouldSendToTheReceiver() throws Exception {
    String address = "tcp://127.0.0.1:" + Ports.free();
    Process python = run(0, address);
    try (BufferedReader lines = python.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("listening");
      try (FrameSender sender = NetGear.sender(address).pattern("request-reply").open()) {
        for (int k = 0; k < 3; k++) {
          assertThat(sender.send(Samples.picture(k, PixelFormat.BGR), "frame " + k).status())
              .isEqualTo(Status.ACKNOWLEDGED);
        }
      }
      assertThat(rest(python, lines))
          .containsExactly(
              "(48, 272, 3) uint8 frame 0",
              "(48, 272, 3) uint8 frame 1",
              "(48, 272, 3) uint8 frame 2");
    } finally {
      python.destroyForcibly();
    }
  }

  @Test
  void shouldReceiveFromTheSender() throws Exception {
    try (FrameReceiver receiver =
        NetGear.receiver("tcp://127.0.0.1:0").pattern("request-reply").open()) {
      Process python = run(1, receiver.addresses().get(0).toString());
      try (BufferedReader lines = python.inputReader(StandardCharsets.UTF_8)) {
        for (long number = 0; number < 100; number++) {
          try (ReceivedFrame received = receiver.recv(LIMIT).orElseThrow()) {
            assertThat(received.message()).isEqualTo(Map.of("number", number));
            assertThat(received.frame().format().toString()).isEqualTo("640x480 BGR");
          }
        }
        assertThat(receiver.recv(LIMIT)).isEmpty();
        assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
        assertThat(rest(python, lines))
            .hasSize(101)
            .endsWith("Termination signal successfully received at Client's end!");
      } finally {
        python.destroyForcibly();
      }
    }
  }
}
