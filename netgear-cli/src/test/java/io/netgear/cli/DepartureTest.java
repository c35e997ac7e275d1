package io.netgear.cli;

import static io.netgear.cli.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Peer;
import io.netgear.Receipt.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a sender with several receivers ends. */
class DepartureTest {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final Peer A = Peer.at("tcp://127.0.0.1:40001");
  private static final Peer B = Peer.at("tcp://127.0.0.1:40002");

  private final String host = "departure-" + NEXT.incrementAndGet();
  private final Departures departures = new Departures();

  private CommandRun start(String command, String way, String address, String... flags) {
    List<String> args =
        new ArrayList<>(List.of(command, way, address, "--transport", "memory", "--pattern", "1"));
    args.addAll(List.of("--json-events", "--retries", "0"));
    args.addAll(List.of(flags));
    return CommandRun.start(args.toArray(String[]::new));
  }

  private String at(int port) {
    return "mem://" + host + ":" + port;
  }

  private CommandRun multiClientReceiver(int port, String... flags) {
    List<String> all = new ArrayList<>(List.of("--multi-client"));
    all.addAll(List.of(flags));
    CommandRun receiver = start("recv", "--bind", at(port), all.toArray(String[]::new));
    await().until(() -> !receiver.lines().isEmpty());
    return receiver;
  }

  private static void awaitMoreFrames(CommandRun receiver) {
    int lines = receiver.lines().size();
    await().until(() -> receiver.lines().size() >= lines + 2);
  }

  @Test
  void shouldGoOnWithTheOtherReceiverWhenOneLeavesTwiceAndEndWithTheLast() {
    CommandRun faithful = multiClientReceiver(2);
    CommandRun first = multiClientReceiver(1, "--frames", "3");
    CommandRun sender =
        start(
            "send",
            "--connect",
            at(1) + "," + at(2),
            "--multi-client",
            "--source",
            "test:64x32@100");

    assertThat(first.status()).isEqualTo(ExitStatus.FINE);
    CommandRun second = multiClientReceiver(1, "--frames", "3");
    assertThat(second.summary()).containsEntry("frames", 3);
    awaitMoreFrames(faithful);
    faithful.interruption.request();

    assertThat(faithful.summary()).containsEntry("interrupted", true);
    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.summary()).containsEntry("ended", "goodbye").doesNotContainKey("interrupted");
  }

  @Test
  void shouldGoOnWithTheOtherReceiverWhenOneLeavesASenderThatBinds() {
    CommandRun faithful = start("recv", "--connect", at(3));
    CommandRun hasty = start("recv", "--connect", at(3), "--frames", "3");
    await().until(() -> !faithful.lines().isEmpty() && !hasty.lines().isEmpty());
    CommandRun sender = start("send", "--bind", at(3), "--source", "test:64x32@100");

    assertThat(hasty.summary()).containsEntry("frames", 3);
    awaitMoreFrames(faithful);
    faithful.interruption.request();

    assertThat(faithful.summary()).containsEntry("interrupted", true);
    assertThat(sender.status()).isEqualTo(ExitStatus.FINE);
    assertThat(sender.summary()).containsEntry("ended", "goodbye").doesNotContainKey("interrupted");
  }

  @Test
  void shouldEndWithTheOnlyReceiver() {
    departures.connected(A);
    departures.left(A);

    assertThat(departures.allLeft(1)).isTrue();
  }

  @Test
  void shouldEndWithTheOnlyReceiverWhoseConnectionIsToldOfLate() {
    departures.left(A);
    departures.connected(A);

    assertThat(departures.allLeft(1)).isTrue();
  }

  @Test
  void shouldEndWhenWhoeverElseWasConnectedIsLostWithoutHavingTakenAFrame() {
    departures.connected(A);
    departures.connected(B);
    departures.left(A);
    assertThat(departures.allLeft(1)).isFalse();
    departures.lost(B);

    assertThat(departures.allLeft(1)).isTrue();
  }

  @Test
  void shouldWaitForAReceiverThatWasCutOff() {
    departures.connected(A);
    departures.connected(B);
    departures.left(A);
    departures.lost(A);
    departures.acknowledged();
    departures.lost(B);

    assertThat(departures.allLeft(1)).isFalse();
  }

  @Test
  void shouldTellReceiversOfOneNameApartByTheirNumber() {
    departures.connected(A);
    departures.connected(A);
    departures.left(A);
    departures.lost(A);
    assertThat(departures.allLeft(1)).isFalse();
    departures.left(A);

    assertThat(departures.allLeft(1)).isTrue();
  }

  @Test
  void shouldNotTakeAReceiverThatIsCutOffForOneThatLeft() {
    departures.left(A);
    departures.receiverLost("40001", Status.NO_PEER);
    departures.receiverLost("40002", Status.NO_PEER);
    assertThat(departures.allLeft(2)).isFalse();
    departures.left(B);
    departures.receiverLost("40002", Status.NO_PEER);

    assertThat(departures.allLeft(2)).isTrue();
  }
}
