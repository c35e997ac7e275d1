package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Receipt;
import io.netgear.TransportException;
import io.netgear.spi.Deadline;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What a pattern does about silence, absence and nonsense. */
public interface PatternFailureContract extends PatternUnderTest {
  @Test
  default void shouldTimeOutAfterTheRequestTimeoutAndNotBefore(PatternBench bench)
      throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(3);
    FutureTask<SendConversation.Outcome> sending = bench.send(0);
    bench.ticker().awaitWaiting(1);
    bench.ticker().advance(PatternBench.TIMEOUT.minusMillis(1));
    bench.ticker().awaitWaiting(1);
    assertThat(sending.isDone()).as("the sender still waits").isFalse();
    bench.ticker().advance(Duration.ofMillis(1));
    SendConversation.Outcome outcome = PatternBench.resultOf(sending);
    assertThat(outcome.status()).isEqualTo(Receipt.Status.TIMED_OUT);
    assertThat(outcome.answer()).isNull();
    assertThat(outcome.roundTripNanos()).isZero();
  }

  @Test
  default void shouldRecoverAfterTimeout(PatternBench bench) throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(0);
    for (int i = 0; i < 20; i += 2) {
      timeOut(bench, i);
      // The receiver comes to itself, and answers what nobody awaits any more.
      bench.serveAtOnce();
      assertThat(bench.deliver(i + 1).status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
    }
    assertThat(bench.arrived()).isSorted().doesNotHaveDuplicates();
    assertThat(bench.arrived()).contains(1L, 3L, 5L, 7L, 9L, 11L, 13L, 15L, 17L, 19L);
  }

  @Test
  default void shouldRecoverWhenTheFrameIsLostOnTheWay(PatternBench bench) throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(0);
    for (int i = 0; i < 10; i += 2) {
      bench.network().dropNext(PatternBench.SENDER, 1);
      timeOut(bench, i);
      assertThat(bench.deliver(i + 1).status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
    }
    assertThat(bench.arrived()).containsExactly(1L, 3L, 5L, 7L, 9L);
  }

  @Test
  default void shouldRecoverWhenTheAnswerIsLostOrHeldOnTheWay(PatternBench bench) throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(0);
    for (int i = 0; i < 20; i += 2) {
      boolean lost = i % 4 == 0;
      if (lost) {
        bench.network().dropNext(PatternBench.RECEIVER, 1);
      } else {
        bench.network().hold(PatternBench.RECEIVER);
      }
      FutureTask<SendConversation.Outcome> sending = bench.send(i);
      assertThat(bench.serve()).isTrue();
      bench.runIntoTimeout();
      assertThat(PatternBench.resultOf(sending).status()).isEqualTo(Receipt.Status.TIMED_OUT);
      bench.network().release(PatternBench.RECEIVER);
      assertThat(bench.deliver(i + 1).status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
    }
  }

  @Test
  default void shouldSayThatNobodyIsThere(PatternBench bench) throws Exception {
    assumeTrue(bench.pattern().senderRole() != LinkRole.PUBLISH);
    bench.open(0);
    bench.receiverLink().close();
    for (int i = 0; i < 5; i++) {
      FutureTask<SendConversation.Outcome> sending = bench.send(i);
      bench.runIntoTimeout();
      assertThat(PatternBench.resultOf(sending).status()).isEqualTo(Receipt.Status.NO_PEER);
    }
    bench.reopenReceiver(0);
    assertThat(PatternBench.arrives(bench.deliver(5))).isTrue();
    assertThat(bench.arrived()).as("what was refused is never sent").containsExactly(5L);
  }

  @Test
  default void shouldGoOnPublishingWhenNobodyListens(PatternBench bench) throws Exception {
    assumeTrue(bench.pattern().senderRole() == LinkRole.PUBLISH);
    bench.open(3);
    bench.receiverLink().close();
    for (int i = 0; i < 20; i++) {
      assertThat(PatternBench.resultOf(bench.send(i)).status()).isEqualTo(Receipt.Status.DROPPED);
    }
    bench.reopenReceiver(3);
    bench.deliver(20);
    assertThat(bench.arrived()).containsExactly(20L);
  }

  @Test
  default void shouldGiveUpAfterTheLastRetry(PatternBench bench) throws Exception {
    assumeTrue(bench.pattern().senderRole() != LinkRole.PUBLISH);
    bench.open(3);
    bench.receiverLink().close();
    fail(bench, 0);
    fail(bench, 1);
    FutureTask<SendConversation.Outcome> last = bench.send(2);
    bench.runIntoTimeout();
    assertThatThrownBy(() -> PatternBench.resultOf(last))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("3")
        .hasMessageContaining(bench.senderLink().addresses().get(0).toString());
  }

  @Test
  default void shouldNeverGiveUpWithoutLimit(PatternBench bench) throws Exception {
    assumeTrue(bench.pattern().senderRole() != LinkRole.PUBLISH);
    bench.open(0);
    bench.receiverLink().close();
    for (int i = 0; i < 25; i++) {
      fail(bench, i);
    }
  }

  @Test
  default void shouldRestoreTheBudgetWithEachSuccess(PatternBench bench) throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(3);
    for (int round = 0; round < 4; round++) {
      timeOut(bench, 10 * round);
      bench.serveAtOnce();
      timeOut(bench, 10 * round + 1);
      bench.serveAtOnce();
      assertThat(bench.deliver(10 * round + 2).status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
      assertThat(bench.senderEvents().reconnects()).hasSize(round + 1).containsOnly(2);
    }
  }

  @Test
  default void shouldCountAndSkipMessagesThatAreNone(PatternBench bench) throws Exception {
    bench.open(3);
    bench.sendRaw(PatternBench.nonsense());
    assertThat(bench.serve()).as("the receiver goes on").isTrue();
    assertThat(bench.receiverEvents().badMessages()).hasSize(1);
    assertThat(bench.arrived()).isEmpty();
    if (bench.pattern().senderRole() == LinkRole.REQUEST) {
      // Without an answer, a peer that keeps to the pattern could never send again.
      try (Message answer =
          bench.senderLink().receive(Deadline.after(Duration.ZERO, bench.ticker()))) {
        assertThat(answer).as("an answer to nonsense").isNotNull();
      }
    } else if (bench.acknowledges()) {
      bench.senderLink().abandon();
    }
    assertThat(PatternBench.arrives(bench.deliver(0))).isTrue();
    assertThat(bench.arrived()).containsExactly(0L);
  }

  @Test
  default void shouldCountAnswersThatAreNone(PatternBench bench) throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(3);
    FutureTask<SendConversation.Outcome> sending = bench.send(0);
    bench.ticker().awaitWaiting(1);
    bench.network().inject(PatternBench.SENDER, new byte[] {(byte) 0xFF, 0, 7});
    bench.senderEvents().awaitBadMessages(1);
    // The nonsense came in place of the answer, not before it.
    bench.network().dropNext(PatternBench.RECEIVER, 1);
    assertThat(bench.serve()).isTrue();
    assertThat(PatternBench.resultOf(sending).status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
    assertThat(bench.senderEvents().badMessages()).hasSize(1);
    SendConversation.Outcome next = bench.deliver(1);
    assertThat(next.status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
    assertThat(bench.arrived()).containsExactly(0L, 1L);
  }

  /** Sends a frame to a receiver that does not serve. */
  private static void timeOut(PatternBench bench, int number) throws Exception {
    FutureTask<SendConversation.Outcome> sending = bench.send(number);
    bench.runIntoTimeout();
    assertThat(PatternBench.resultOf(sending).status()).isEqualTo(Receipt.Status.TIMED_OUT);
  }

  /** Sends a frame to nobody. */
  private static void fail(PatternBench bench, int number) throws Exception {
    FutureTask<SendConversation.Outcome> sending = bench.send(number);
    bench.runIntoTimeout();
    assertThat(PatternBench.resultOf(sending).status()).isEqualTo(Receipt.Status.NO_PEER);
  }
}
