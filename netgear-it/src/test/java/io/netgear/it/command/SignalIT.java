package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.JavaProgram;
import io.netgear.it.process.Ports;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends that are stopped or killed, in either order, while frames flow. */
@EnabledOnOs(OS.LINUX)
class SignalIT {
  private static final String SOURCE = "test:320x240@50";

  @RegisterExtension final Programs programs = new Programs();

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply", "publish-subscribe", "push-pull"})
  void shouldEndBothEndsWhenTheSenderIsInterrupted(String pattern) throws IOException {
    Receiver receiver = programs.receiver("--pattern", pattern, "--check", "test");
    RunningProgram sender = programs.sender(receiver, "--pattern", pattern, "--source", SOURCE);
    receiver.awaitFrames();
    sender.interrupt();
    Summary sent = sender.awaitSummary().assertEnded("goodbye");
    Summary received = receiver.awaitSummary().assertEnded("goodbye");

    assertThat(sent.value("interrupted")).isEqualTo(true);
    assertThat(received.values()).doesNotContainKey("interrupted");
    // What a publisher sends before its subscriber is known to it goes nowhere.
    long lost = pattern.equals("publish-subscribe") ? sent.count("frames") : 0;
    assertThat(received.count("offered"))
        .isBetween(sent.count("frames") - lost, sent.count("frames"));
    assertThat(received.count("duplicated") + received.count("out_of_order")).isZero();
    assertFree(receiver);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply"})
  void shouldEndBothEndsWhenTheReceiverIsInterrupted(String pattern) throws IOException {
    Receiver receiver = programs.receiver("--pattern", pattern, "--check", "test");
    RunningProgram sender = programs.sender(receiver, "--pattern", pattern, "--source", SOURCE);
    receiver.awaitFrames();
    receiver.program().interrupt();
    Summary received = receiver.awaitSummary().assertEnded("goodbye").assertInOrder();
    assertFree(receiver);
    Summary sent = sender.awaitSummary().assertEnded("goodbye");

    assertThat(received.value("interrupted")).isEqualTo(true);
    assertThat(sent.values()).doesNotContainKey("interrupted");
    assertThat(sent.count("frames")).isGreaterThanOrEqualTo(received.count("frames"));
  }

  @Test
  void shouldEndASenderWhoseReceiverHasEnough() {
    Receiver receiver = programs.receiver("--frames", "20");
    RunningProgram sender = programs.sender(receiver, "--source", SOURCE);

    assertThat(receiver.awaitSummary().assertEnded("limit").count("frames")).isEqualTo(20);
    sender.awaitSummary().assertEnded("goodbye");
  }

  @Test
  void shouldEndTheSenderOfAReceiverThatIsKilledWhenItsRetriesAreUsedUp() {
    Receiver receiver = programs.receiver();
    RunningProgram sender =
        programs.sender(receiver, "--source", SOURCE, "--timeout", "2", "--retries", "2");
    receiver.awaitFrames();
    receiver.program().kill();
    Summary sent = sender.awaitFailedSummary().assertBalanced();

    assertThat(sent.value("ended")).isEqualTo("timeout");
    assertThat(sent.count("frames")).isPositive();
  }

  @Test
  void shouldEndAReceiverThatWaitsForItsFirstSender() throws IOException {
    Receiver receiver = programs.receiver();
    receiver.program().interrupt();
    Summary received = receiver.awaitSummary().assertEnded("goodbye");

    assertThat(received.count("offered")).isZero();
    assertFree(receiver);
  }

  @Test
  void shouldEndASenderThatWaitsForItsFirstReceiver() {
    RunningProgram sender =
        programs.netgear(
            "send",
            "--connect",
            "tcp://127.0.0.1:" + Ports.free(),
            "--retries",
            "0",
            "--json-events");
    sender.awaitLine("progress");
    sender.interrupt();

    sender.awaitSummary().assertEnded("goodbye");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply", "push-pull"})
  void shouldResumeWhenAKilledReceiverIsStartedAgain(String pattern) {
    Receiver first = programs.receiver("--pattern", pattern);
    RunningProgram sender =
        programs.sender(
            first, "--pattern", pattern, "--source", SOURCE, "--retries", "0", "--timeout", "0.5");
    first.awaitFrames();
    first.program().kill();
    Receiver second =
        programs.receiverAt(
            first.address(), JavaProgram.onModulePath(), "--pattern", pattern, "--check", "test");
    second.awaitFrames();
    sender.interrupt();
    Summary sent = sender.awaitSummary().assertEnded("goodbye");
    Summary received = second.awaitSummary().assertEnded("goodbye");

    assertThat(received.count("frames")).isPositive().isLessThan(sent.count("frames"));
    assertThat(received.count("duplicated") + received.count("out_of_order")).isZero();
    assertThat(received.fraction("psnr_min")).isGreaterThan(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply", "push-pull"})
  void shouldServeTheNextSenderWhenTheFirstIsKilled(String pattern) {
    Receiver receiver = programs.receiver("--pattern", pattern, "--retries", "0");
    RunningProgram first = programs.sender(receiver, "--pattern", pattern, "--source", SOURCE);
    receiver.awaitFrames();
    first.kill();
    RunningProgram second =
        programs.sender(
            receiver,
            "--pattern",
            pattern,
            "--source",
            SOURCE,
            "--frames",
            "30",
            "--retries",
            "0",
            "--timeout",
            "0.5");
    Summary sent = second.awaitSummary().assertEnded("limit");
    Summary received = receiver.awaitSummary().assertEnded("goodbye");

    assertThat(sent.count("frames") + sent.dropped()).isEqualTo(30);
    assertThat(received.count("frames")).isGreaterThan(sent.count("frames"));
  }

  @Test
  void shouldEndTheDemoAndItsSenderWhenInterrupted() {
    RunningProgram demo =
        programs.netgear("demo", "--source", SOURCE, "--seconds", "3600", "--json-events");
    demo.awaitProgress();
    ProcessHandle sender = demo.process().children().findFirst().orElseThrow();
    demo.interrupt();
    Summary received = demo.awaitSummary().assertEnded("goodbye");

    assertThat(received.count("frames")).isPositive();
    assertThat(sender.isAlive()).isFalse();
  }

  @Test
  void shouldLeaveNoSenderBehindWhenTheDemoIsKilled() {
    RunningProgram demo =
        programs.netgear("demo", "--source", SOURCE, "--seconds", "3600", "--json-events");
    demo.awaitProgress();
    ProcessHandle sender = demo.process().children().findFirst().orElseThrow();
    demo.kill();

    assertThat(sender.onExit()).succeedsWithin(RunningProgram.LIMIT);
  }

  private static void assertFree(Receiver receiver) throws IOException {
    int port = URI.create(receiver.address()).getPort();
    Ports.taken(port).close();
  }
}
