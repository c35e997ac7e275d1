package io.netgear.cli;

import static io.netgear.cli.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both commands in this process, over the in-memory transport. */
class StreamTest {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String host = "stream-" + NEXT.incrementAndGet();

  private CommandRun recv(String... flags) {
    CommandRun receiver = start("recv", "--bind", flags);
    await().until(() -> !receiver.lines().isEmpty());
    assertThat(receiver.lines().get(0)).contains("\"ready\"").contains(host);
    return receiver;
  }

  private CommandRun send(String... flags) {
    return start("send", "--connect", flags);
  }

  private CommandRun start(String command, String way, String... flags) {
    List<String> args =
        new ArrayList<>(
            List.of(command, way, "mem://" + host, "--transport", "memory", "--json-events"));
    args.addAll(List.of(flags));
    return CommandRun.start(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply"})
  void shouldDeliverEveryRawFrameBitForBit(String pattern) {
    CommandRun receiver = recv("--pattern", pattern, "--check", "test");
    CommandRun sender =
        send("--pattern", pattern, "--raw", "--source", "test:256x32@1000", "--frames", "25");

    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.summary())
        .containsEntry("role", "sender")
        .containsEntry("frames", 25)
        .containsEntry("ended", "limit")
        .containsEntry("error", null);
    assertThat(receiver.summary())
        .containsEntry("role", "receiver")
        .containsEntry("frames", 25)
        .containsEntry("bytes", 25 * 256 * 32 * 3)
        .containsEntry("exact", 25)
        .containsEntry("missing", 0)
        .containsEntry("width", 256)
        .containsEntry("height", 32)
        .containsEntry("colorspace", "BGR")
        .containsEntry("dropped", Map.of())
        .containsEntry("balanced", true)
        .containsEntry("ended", "goodbye");
  }

  @Test
  void shouldCompressInTheColourSpaceAskedFor() {
    CommandRun receiver = recv("--check", "test");
    send("--colorspace", "gray", "--source", "test:256x64@1000", "--frames", "3");

    assertThat(receiver.summary()).containsEntry("colorspace", "GRAY").containsEntry("checked", 3);
    assertThat((Double) receiver.summary().get("psnr_min")).isGreaterThan(30);
  }

  @Test
  void shouldPaintTheSourceInTheColourSpaceThatAnOptionNames() {
    CommandRun receiver = recv();
    send("-o", "jpeg_compression=RGBA", "--source", "test:64x32@1000", "--frames", "1");

    assertThat(receiver.summary()).containsEntry("colorspace", "RGBA");
  }

  @Test
  void shouldCarryFalsyMessagesToo() {
    CommandRun receiver = recv();
    CommandRun sender =
        send("--message", "0", "--source", "test:64x32@1000", "--frames", "4", "--raw");

    assertThat(sender.summary()).containsEntry("messages", 4);
    assertThat(receiver.summary()).containsEntry("messages", 4);
  }

  @Test
  void shouldReturnDataForEachFrame() {
    CommandRun receiver = recv("--return-message", "{\"seen\": true}");
    CommandRun sender = send("--bidirectional", "--source", "test:64x32@1000", "--frames", "5");

    assertThat(sender.summary())
        .containsEntry("returned_messages", 5)
        .containsEntry("returned_frames", 0);
    assertThat(receiver.summary()).containsEntry("returned", 5);
  }

  @Test
  void shouldReturnFramesOfASource() {
    CommandRun receiver = recv("--return-source", "test:128x64");
    CommandRun sender = send("--bidirectional", "--source", "test:64x32@1000", "--frames", "5");

    assertThat(sender.summary()).containsEntry("returned_frames", 5);
    assertThat(receiver.summary()).containsEntry("returned", 5);
  }

  @Test
  void shouldStopAfterSoManyFramesReceivedAndTellTheSender() {
    CommandRun receiver = recv("--frames", "3");
    CommandRun sender = send("--source", "test:64x32@1000");

    assertThat(receiver.summary()).containsEntry("frames", 3).containsEntry("ended", "limit");
    assertThat(sender.summary()).containsEntry("ended", "goodbye");
    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
  }

  @Test
  void shouldStopAfterSoManySeconds() {
    recv();
    CommandRun sender = send("--source", "test:64x32@1000", "--seconds", "0.05");

    assertThat(sender.summary()).containsEntry("ended", "limit");
    assertThat((Integer) sender.summary().get("frames")).isPositive();
  }

  @Test
  void shouldTellAPersonWhatBecameOfTheFrames(@TempDir Path folder) {
    String address = "mem://" + host;
    CommandRun receiver =
        CommandRun.start(
            "recv",
            "--bind",
            address,
            "--transport",
            "memory",
            "--check",
            "test",
            "--save",
            folder.resolve("saved").toString());
    send("--source", "test:256x32@1000", "--frames", "3", "--timeout", "50");

    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
    assertThat(receiver.lines()).hasSize(3);
    assertThat(receiver.lines().get(0)).startsWith("receiver: ");
    assertThat(receiver.lines().get(1)).contains("frames compared with the test pattern: PSNR");
    assertThat(receiver.lines().get(2)).isEqualTo("Saved 3 frames.");
  }

  @Test
  void shouldSaveWhatArrives(@TempDir Path folder) throws Exception {
    CommandRun receiver = recv("--save", folder.resolve("saved").toString());
    send("--source", "test:64x32@1000", "--frames", "3");

    assertThat(receiver.summary()).containsEntry("saved", 3);
    try (var files = Files.list(folder.resolve("saved"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("frame-000001.jpg", "frame-000002.jpg", "frame-000003.jpg");
    }
  }

  @Test
  void shouldSaveFramesThatNobodyDecodes(@TempDir Path folder) throws Exception {
    CommandRun receiver =
        recv("-o", "encoded_only=true", "--save", folder.resolve("saved").toString());
    send("--source", "test:64x32@1000", "--frames", "3");

    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
    assertThat(receiver.summary())
        .containsEntry("frames", 3)
        .containsEntry("saved", 3)
        .containsEntry("width", null)
        .containsEntry("refused", 0)
        .containsEntry("balanced", true);
    try (var files = Files.list(folder.resolve("saved"))) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void shouldSayGoodbyeWhenTheSenderIsInterrupted() {
    CommandRun receiver = recv();
    CommandRun sender = send("--source", "test:64x32@100");
    await().until(() -> sender.lines().stream().anyMatch(line -> line.contains("progress")));
    sender.interruption.request();

    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.summary())
        .containsEntry("ended", "goodbye")
        .containsEntry("interrupted", true);
    assertThat(receiver.summary()).containsEntry("ended", "goodbye");
    assertThat(receiver.summary().get("frames")).isEqualTo(sender.summary().get("frames"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply"})
  void shouldEndTheSenderTooWhenTheReceiverIsInterrupted(String pattern) {
    CommandRun receiver = recv("--pattern", pattern);
    CommandRun sender = send("--pattern", pattern, "--source", "test:64x32@100");
    await().until(() -> receiver.lines().stream().anyMatch(line -> line.contains("progress")));
    receiver.interruption.request();

    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.summary()).containsEntry("ended", "goodbye");
    // a frame that was acknowledged may still have waited to be handed out
    assertThat((Integer) sender.summary().get("frames"))
        .isBetween(
            (Integer) receiver.summary().get("frames"),
            (Integer) receiver.summary().get("offered"));
  }

  @Test
  void shouldInterruptASenderThatReachesNobody() {
    CommandRun sender = send("--source", "test:64x32@100", "--retries", "0", "--timeout", "100");
    sender.interruption.request();

    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.summary()).containsEntry("frames", 0).containsEntry("ended", "goodbye");
  }

  @Test
  void shouldFailWhenNobodyTookAnyFrame() {
    CommandRun sender =
        send("--source", "test:64x32@100", "--frames", "2", "--timeout", "0.05", "-v");

    assertThat(sender.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(sender.err())
        .contains("netgear: Nobody took any of 2 frames at ")
        .doesNotContain("\tat ");
    assertThat(sender.summary()).containsEntry("frames", 0).containsEntry("ended", "timeout");
  }

  @Test
  void shouldInterruptAWaitingReceiver() {
    CommandRun receiver = recv();
    receiver.interruption.request();

    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
    assertThat(receiver.summary()).containsEntry("ended", "goodbye");
  }

  @Test
  void shouldFailWhenNothingArrivesInTime() {
    CommandRun receiver = recv("--timeout", "0.05");

    assertThat(receiver.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(receiver.err()).startsWith("netgear: No frame arrived within 0.05 s at ");
    assertThat(receiver.err().lines()).hasSize(1);
    assertThat(receiver.summary()).containsEntry("ended", "timeout");
  }

  @Test
  void shouldEndWellWhenAStreamFallsSilentForTheTimeAskedFor() {
    CommandRun receiver = recv("--pattern", "push-pull", "--timeout", "10");
    CommandRun sender =
        send("--pattern", "push-pull", "--source", "test:64x32@1000", "--frames", "2");

    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
    assertThat(receiver.summary()).containsEntry("frames", 2);
  }

  @Test
  void shouldSayNothingOfALatencyThatNobodyMeasured() {
    CommandRun receiver = recv("--pattern", "push-pull", "--frames", "2");
    CommandRun sender =
        CommandRun.start(
            "send",
            "--connect",
            "mem://" + host,
            "--transport",
            "memory",
            "--pattern",
            "push-pull",
            "--source",
            "test:64x32@1000",
            "--frames",
            "2");

    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.out()).startsWith("sender: 2 frames in ").doesNotContain("latency");
    assertThat(receiver.summary().get("latency_ms"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("p50", "p99", "max");
  }

  @Test
  void shouldTellProgressToPrograms() {
    CommandRun receiver = recv();
    CommandRun sender = send("--source", "test:64x32@100");
    await().until(() -> receiver.lines().stream().anyMatch(line -> line.contains("progress")));
    sender.interruption.request();

    String progress =
        receiver.lines().stream()
            .filter(line -> line.contains("progress"))
            .findFirst()
            .orElseThrow();
    assertThat(Json.read(progress))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("event", "role", "frames", "bytes", "dropped");
    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
  }

  @Test
  void shouldTellTheFailureInTheSummaryToo() {
    CommandRun sender = send("--source", "no-such-file.mp4");

    assertThat(sender.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(sender.err()).contains("no-such-file.mp4");
    assertThat(sender.summary()).containsEntry("ended", "error");
    assertThat((String) sender.summary().get("error")).contains("no-such-file.mp4");
  }

  @Test
  void shouldSendWhatThereIsOfAClipThatIsCutOffAndFail(@TempDir Path folder) throws Exception {
    Path whole = folder.resolve("whole.avi");
    CommandRun recorder = recv("--save", whole.toString());
    send("--source", "test:320x240@1000", "--frames", "40");
    assertThat(recorder.summary()).containsEntry("saved", 40);
    Path half = folder.resolve("half.avi");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));

    CommandRun receiver = recv();
    CommandRun sender = send("--source", half.toString(), "--fps", "0");

    assertThat(sender.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(sender.err()).startsWith("netgear: '" + half + "' is cut off, ").hasLineCount(1);
    assertThat(sender.summary()).containsEntry("ended", "error");
    assertThat((Integer) sender.summary().get("frames")).isBetween(10, 30);
    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
    assertThat(receiver.summary())
        .containsEntry("ended", "goodbye")
        .containsEntry("frames", sender.summary().get("frames"));
  }

  @Test
  void shouldNameWhatThereIsWhenATransportIsUnknown() {
    CommandRun sender = CommandRun.start("send", "--transport", "pigeon");

    assertThat(sender.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(sender.err()).contains("'pigeon'").contains("zmq").contains("memory");
  }

  @Test
  void shouldShowStackTracesOnlyWhenVerbose() {
    CommandRun quiet = send("--source", "no-such-file.mp4");
    CommandRun verbose = send("--source", "no-such-file.mp4", "--verbose");

    assertThat(quiet.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(verbose.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(quiet.err()).doesNotContain("\tat ");
    assertThat(verbose.err()).contains("\tat ");
  }

  @Test
  void shouldReadItsAddressFromInputWhenAttachedAndEndWithIt() {
    CommandRun receiver = recv();
    CommandRun sender =
        CommandRun.startWithInput(
            "mem://" + host + "\n",
            "send",
            "--attached",
            "--transport",
            "memory",
            "--source",
            "test:64x32@100",
            "--json");

    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.summary())
        .containsEntry("ended", "goodbye")
        .containsEntry("interrupted", true);
    receiver.interruption.request();
    assertThat(receiver.status()).isEqualTo(ExitStatus.FINE);
  }
}
