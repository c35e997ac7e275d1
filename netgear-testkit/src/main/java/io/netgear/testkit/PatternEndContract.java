package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Receipt;
import io.netgear.StreamEnd;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.SendConversation;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** How conversations end: by a goodbye, by idleness, by being closed. */
public interface PatternEndContract extends PatternUnderTest {
  @Test
  default void shouldEndWithGoodbye(PatternBench bench) throws Exception {
    bench.open(3);
    bench.deliver(0);
    FutureTask<Void> leaving = sayGoodbye(bench);
    assertThat(bench.serve()).as("the receiver goes on").isFalse();
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.GOODBYE);
    bench.resultWithinTimeout(leaving);
    assertThat(bench.arrived()).containsExactly(0L);
  }

  @Test
  default void shouldIgnoreTheLateGoodbyeOfAnEarlierLife(PatternBench bench) throws Exception {
    bench.open(3);
    deliver(bench, 0, 2_000);
    for (int late = 1; late <= 3; late++) {
      bench.sendRaw(bench.goodbye(null, 1_999));
      assertThat(bench.serve()).as("the receiver goes on").isTrue();
      assertThat(bench.receiverEvents().badMessages()).hasSize(late);
      bench.takeAnswerToRaw();
    }
    assertThat(bench.inbox().ends()).as("the ends so far").isEmpty();
    deliver(bench, 1, 2_000);
    bench.sendRaw(bench.goodbye(null, 2_000));
    assertThat(bench.serve()).as("the receiver goes on").isFalse();
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.GOODBYE);
  }

  @Test
  default void shouldBelieveAGoodbyeThatNamesNoLife(PatternBench bench) throws Exception {
    bench.open(3);
    deliver(bench, 0, 2_000);
    bench.sendRaw(bench.goodbye(null, -1));
    assertThat(bench.serve()).as("the receiver goes on").isFalse();
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.GOODBYE);
  }

  private static void deliver(PatternBench bench, int number, long life) throws Exception {
    FutureTask<SendConversation.Outcome> sending =
        bench.start(() -> bench.sender().send(bench.frame(number, null, life), number));
    assertThat(bench.serve()).as("the receiver goes on").isTrue();
    assertThat(PatternBench.arrives(PatternBench.resultOf(sending))).isTrue();
  }

  @Test
  default void shouldLeaveQuietlyWhenThePeerIsGone(PatternBench bench) throws Exception {
    bench.open(3);
    bench.deliver(0);
    bench.receiverLink().close();
    FutureTask<Void> leaving = sayGoodbye(bench);
    bench.resultWithinTimeout(leaving);
  }

  @Test
  default void shouldLeaveQuietlyWhenNobodyAnswers(PatternBench bench) throws Exception {
    bench.open(3);
    FutureTask<Void> leaving = sayGoodbye(bench);
    bench.resultWithinTimeout(leaving);
  }

  private static FutureTask<Void> sayGoodbye(PatternBench bench) {
    return bench.start(
        () -> {
          bench.sender().goodbye(Deadline.after(PatternBench.TIMEOUT, bench.ticker()));
          return null;
        });
  }

  @Test
  default void shouldEndAfterTooMuchIdleness(PatternBench bench) throws Exception {
    bench.open(PatternBench.conduct(false, 3, PatternBench.IDLE_LIMIT));
    bench.deliver(0);
    FutureTask<Integer> serving = serveUntilTheEnd(bench);
    for (int failure = 0; failure < 2; failure++) {
      bench.ticker().awaitWaiting(1);
      bench.ticker().advance(PatternBench.IDLE_LIMIT);
    }
    bench.ticker().awaitWaiting(1);
    bench.ticker().advance(PatternBench.IDLE_LIMIT.minusMillis(1));
    bench.ticker().awaitWaiting(1);
    assertThat(bench.inbox().ends()).as("the ends so far").isEmpty();
    bench.ticker().advance(Duration.ofMillis(1));
    PatternBench.resultOf(serving);
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.IDLE);
  }

  @Test
  default void shouldCountIdlenessAnewAfterEachMessage(PatternBench bench) throws Exception {
    bench.open(PatternBench.conduct(false, 3, PatternBench.IDLE_LIMIT));
    FutureTask<Integer> serving = serveUntilTheEnd(bench);
    for (int round = 0; round < 5; round++) {
      for (int failure = 0; failure < 2; failure++) {
        bench.ticker().awaitWaiting(1);
        bench.ticker().advance(PatternBench.IDLE_LIMIT);
      }
      bench.ticker().awaitWaiting(1);
      assertThat(PatternBench.arrives(PatternBench.resultOf(bench.send(round)))).isTrue();
      bench.inbox().awaitArrivals(round + 1);
    }
    assertThat(bench.inbox().ends()).as("the ends so far").isEmpty();
    bench.receiverLink().close();
    PatternBench.resultOf(serving);
  }

  @Test
  default void shouldWaitForEverWithoutIdleLimit(PatternBench bench) throws Exception {
    bench.open(3);
    FutureTask<Integer> serving = serveUntilTheEnd(bench);
    for (int day = 0; day < 30; day++) {
      bench.ticker().awaitWaiting(1);
      bench.ticker().advance(Duration.ofDays(1));
    }
    bench.ticker().awaitWaiting(1);
    assertThat(PatternBench.arrives(PatternBench.resultOf(bench.send(0)))).isTrue();
    bench.inbox().awaitArrivals(1);
    assertThat(bench.inbox().ends()).as("the ends so far").isEmpty();
    bench.receiverLink().close();
    PatternBench.resultOf(serving);
  }

  private static FutureTask<Integer> serveUntilTheEnd(PatternBench bench) {
    return bench.start(
        () -> {
          int served = 0;
          while (bench.serve()) {
            served++;
          }
          return served;
        });
  }

  @Test
  default void shouldStopServingWhenTheLinkIsClosed(PatternBench bench) throws Exception {
    bench.open(3);
    FutureTask<Integer> serving = serveUntilTheEnd(bench);
    bench.ticker().awaitWaiting(1);
    bench.receiverLink().close();
    assertThat(PatternBench.resultOf(serving)).isZero();
  }

  @Test
  default void shouldReturnFromServingAtTheDeadline(PatternBench bench) {
    bench.open(3);
    assertThat(bench.serveAtOnce()).as("the receiver goes on").isTrue();
    assertThat(bench.arrived()).isEmpty();
  }

  @Test
  default void shouldSayThatItWasClosedWhileSending(PatternBench bench) throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(3);
    FutureTask<SendConversation.Outcome> sending = bench.send(0);
    bench.ticker().awaitWaiting(1);
    bench.senderLink().close();
    assertThat(PatternBench.resultOf(sending).status()).isEqualTo(Receipt.Status.CLOSED);
    assertThat(PatternBench.resultOf(bench.send(1)).status()).isEqualTo(Receipt.Status.CLOSED);
  }

  @Test
  default void shouldStopWaitingForAnswersWhenTheSenderIsBeingClosed(PatternBench bench)
      throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(3);
    FutureTask<SendConversation.Outcome> sending = bench.send(0);
    bench.ticker().awaitWaiting(1);
    bench.beginClosing();
    bench.ticker().advance(Duration.ofMillis(Dialogue.CLOSING_CHECK_MS));
    assertThat(PatternBench.resultOf(sending).status()).isEqualTo(Receipt.Status.CLOSED);
    // The link works on, so that a goodbye can be said.
    bench.serveAtOnce();
    FutureTask<Void> leaving = sayGoodbye(bench);
    assertThat(bench.serve()).as("the receiver goes on").isFalse();
    bench.resultWithinTimeout(leaving);
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.GOODBYE);
  }
}
