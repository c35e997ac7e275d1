package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.StreamEnd;
import io.netgear.spi.Deadline;
import io.netgear.spi.Feature;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Several senders to one receiver, who are told apart by their ports. */
public interface PatternMultiServerContract extends PatternUnderTest {
  @Test
  default void shouldEndWithTheGoodbyeOfTheLastSender(PatternBench bench) throws Exception {
    List<SendConversation> senders = open(bench, 3, Duration.ZERO);
    for (int number = 0; number < 6; number++) {
      deliver(bench, senders, number % 3, number);
    }
    assertThat(sayGoodbye(bench, senders, 1)).as("the receiver goes on").isTrue();
    deliver(bench, senders, 0, 6);
    assertThat(sayGoodbye(bench, senders, 0)).as("the receiver goes on").isTrue();
    deliver(bench, senders, 2, 7);
    assertThat(bench.inbox().ends()).as("the ends so far").isEmpty();
    assertThat(sayGoodbye(bench, senders, 2)).as("the receiver goes on").isFalse();
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.GOODBYE);
    assertThat(bench.inbox().arrivals())
        .extracting(arrival -> ((Number) arrival.header().port()).intValue() - bench.port(0))
        .containsExactly(0, 1, 2, 0, 1, 2, 0, 2);
  }

  @Test
  default void shouldEndWithoutSenderThatNeverComes(PatternBench bench) throws Exception {
    List<SendConversation> senders = open(bench, 2, PatternBench.IDLE_LIMIT);
    deliver(bench, senders, 0, 0);
    assertThat(sayGoodbye(bench, senders, 0)).as("the receiver goes on").isTrue();
    FutureTask<Boolean> serving = serveUntilTheEnd(bench);
    waitInVain(bench);
    assertThat(bench.inbox().ends()).as("the ends so far").isEmpty();
    bench.ticker().advance(PatternBench.IDLE_LIMIT);
    PatternBench.resultOf(serving);
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.IDLE);
  }

  @Test
  default void shouldEndWithGoodbyeOfTheOneThatIsLeftWhenAnotherFellSilent(PatternBench bench)
      throws Exception {
    List<SendConversation> senders = open(bench, 2, PatternBench.IDLE_LIMIT);
    deliver(bench, senders, 0, 0);
    deliver(bench, senders, 1, 1);
    FutureTask<Boolean> serving = serveUntilTheEnd(bench);
    for (int failure = 0; failure < 3; failure++) {
      bench.ticker().awaitWaiting(1);
      // Half of the time to either side of a frame of the other, which is silent never too long.
      bench.ticker().advance(PatternBench.IDLE_LIMIT.dividedBy(2));
      bench.ticker().awaitWaiting(1);
      int number = 2 + failure;
      PatternBench.resultOf(
          bench.start(() -> senders.get(0).send(frame(bench, 0, number), number)));
      bench.inbox().awaitArrivals(3 + failure);
      bench.ticker().awaitWaiting(1);
      bench.ticker().advance(PatternBench.IDLE_LIMIT.dividedBy(2));
    }
    bench.ticker().awaitWaiting(1);
    assertThat(bench.inbox().ends()).as("the ends so far").isEmpty();
    PatternBench.resultOf(goodbye(bench, senders.get(0)));
    PatternBench.resultOf(serving);
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.IDLE);
  }

  @Test
  default void shouldAwaitSenderAgainThatCameBack(PatternBench bench) throws Exception {
    List<SendConversation> senders = open(bench, 2, Duration.ZERO);
    deliver(bench, senders, 0, 0);
    assertThat(sayGoodbye(bench, senders, 0)).as("the receiver goes on").isTrue();
    deliver(bench, senders, 0, 1);
    assertThat(sayGoodbye(bench, senders, 1)).as("the receiver goes on").isTrue();
    assertThat(bench.inbox().ends()).as("the ends so far").isEmpty();
    assertThat(sayGoodbye(bench, senders, 0)).as("the receiver goes on").isFalse();
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.GOODBYE);
  }

  @Test
  default void shouldSkipGoodbyeOfNobodyKnown(PatternBench bench) throws Exception {
    List<SendConversation> senders = open(bench, 2, Duration.ZERO);
    Link link = bench.multiServerLinks().get(0);
    int bad = 0;
    for (Object port : new Object[] {null, "9999", 9_999L}) {
      bench.sendRaw(link, bench.goodbye(port));
      assertThat(bench.serve()).as("the receiver goes on").isTrue();
      bad++;
      assertThat(bench.receiverEvents().badMessages()).hasSize(bad);
      bench.takeAnswerToRaw(link);
    }
    deliver(bench, senders, 0, 0);
    deliver(bench, senders, 1, 1);
    assertThat(bench.inbox().ends()).isEmpty();
  }

  @Test
  default void shouldIgnoreTheLateGoodbyeOfAnEarlierLifeOfOneSender(PatternBench bench)
      throws Exception {
    List<SendConversation> senders = open(bench, 2, Duration.ZERO);
    Link link = bench.multiServerLinks().get(0);
    deliver(bench, senders, 0, bench.frame(0, bench.port(0), 2_000), 0);
    deliver(bench, senders, 1, bench.frame(1, bench.port(1), 1_000), 1);
    bench.sendRaw(link, bench.goodbye(bench.port(0), 1_999));
    assertThat(bench.serve()).as("the receiver goes on").isTrue();
    assertThat(bench.receiverEvents().badMessages()).hasSize(1);
    bench.takeAnswerToRaw(link);
    bench.sendRaw(link, bench.goodbye(bench.port(1), 1_000));
    assertThat(bench.serve()).as("the receiver goes on").isTrue();
    assertThat(bench.receiverEvents().badMessages()).hasSize(1);
    bench.takeAnswerToRaw(link);
    bench.sendRaw(link, bench.goodbye(bench.port(0), 2_000));
    assertThat(bench.serve()).as("the receiver goes on").isFalse();
    assertThat(bench.inbox().ends()).containsExactly(StreamEnd.GOODBYE);
  }

  private static List<SendConversation> open(PatternBench bench, int senders, Duration idleLimit) {
    assumeTrue(bench.pattern().features().contains(Feature.MULTI_SERVER));
    return bench.openMultiServer(senders, idleLimit);
  }

  private static Message frame(PatternBench bench, int sender, int number) {
    return bench.frame(number, bench.port(sender));
  }

  private static void deliver(
      PatternBench bench, List<SendConversation> senders, int sender, int number) throws Exception {
    deliver(bench, senders, sender, frame(bench, sender, number), number);
  }

  private static void deliver(
      PatternBench bench, List<SendConversation> senders, int sender, Message frame, int number)
      throws Exception {
    FutureTask<SendConversation.Outcome> sending =
        bench.start(() -> senders.get(sender).send(frame, number));
    assertThat(bench.serve()).as("the receiver goes on").isTrue();
    assertThat(PatternBench.arrives(PatternBench.resultOf(sending))).isTrue();
  }

  /** Whether the receiver goes on. */
  private static boolean sayGoodbye(PatternBench bench, List<SendConversation> senders, int sender)
      throws Exception {
    FutureTask<Void> leaving = goodbye(bench, senders.get(sender));
    boolean goesOn = bench.serve();
    PatternBench.resultOf(leaving);
    return goesOn;
  }

  private static FutureTask<Void> goodbye(PatternBench bench, SendConversation sender) {
    return bench.start(
        () -> {
          sender.goodbye(Deadline.after(PatternBench.TIMEOUT, bench.ticker()));
          return null;
        });
  }

  private static FutureTask<Boolean> serveUntilTheEnd(PatternBench bench) {
    return bench.start(
        () -> {
          boolean goesOn = true;
          while (goesOn) {
            goesOn = bench.serve();
          }
          return true;
        });
  }

  /** All but the last of the idle limits that a sender may be silent. */
  private static void waitInVain(PatternBench bench) throws InterruptedException {
    for (int failure = 0; failure < 2; failure++) {
      bench.ticker().awaitWaiting(1);
      bench.ticker().advance(PatternBench.IDLE_LIMIT);
    }
    bench.ticker().awaitWaiting(1);
  }
}
