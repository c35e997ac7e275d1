package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Receipt;
import io.netgear.spi.Answer;
import io.netgear.spi.Feature;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Pattern;
import io.netgear.spi.Provider;
import io.netgear.spi.SendConversation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Frames arrive once and in order, and answers belong to the frames that they answer. */
public interface PatternDeliveryContract extends PatternUnderTest {
  @Test
  default void shouldPresentItself(PatternBench bench) {
    Pattern pattern = bench.pattern();
    assertThat(pattern.name()).matches("[a-z][a-z0-9-]*");
    assertThat(pattern.spiVersion()).isEqualTo(Provider.SPI_VERSION);
    assertThat(pattern.availability().available()).isTrue();
    assertThat(pattern.senderRole().sends()).isTrue();
    assertThat(pattern.receiverRole().receives()).isTrue();
    assertThat(InMemoryNetwork.matches(pattern.senderRole(), pattern.receiverRole()))
        .as("links of the two roles talk to each other")
        .isTrue();
    assertThat(pattern.defaultQueue()).isNotNull();
    assertThat(pattern.linkQueueDepth()).isPositive();
  }

  @Test
  default void shouldBeFoundByItsName(PatternBench bench) {
    Pattern pattern = bench.pattern();
    assertThat(ServiceLoader.load(Pattern.class))
        .as("patterns that ServiceLoader finds")
        .anySatisfy(
            found -> {
              assertThat(found.name()).isEqualTo(pattern.name());
              assertThat(found).isInstanceOf(pattern.getClass());
            });
  }

  @Test
  default void shouldDeliverEachFrameOnceAndInOrder(PatternBench bench) throws Exception {
    bench.open(3);
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      SendConversation.Outcome outcome = bench.deliver(i);
      assertThat(outcome.status())
          .isEqualTo(bench.acknowledges() ? Receipt.Status.ACKNOWLEDGED : Receipt.Status.SENT);
      expected.add((long) i);
    }
    assertThat(bench.arrived()).isEqualTo(expected);
    for (int i = 0; i < 30; i++) {
      RecordingInbox.Arrival arrival = bench.inbox().arrivals().get(i);
      assertThat(arrival.payload()).isEqualTo(ByteBuffer.wrap(PatternBench.payload(i)));
      assertThat(arrival.header().message()).isEqualTo("message " + i);
      assertThat(arrival.header().senderId()).isEqualTo(PatternBench.SENDER);
      assertThat(arrival.receivedMicros()).isEqualTo(FakeTicker.START_MICROS);
    }
    assertThat(bench.receiverEvents().badMessages()).isEmpty();
    assertThat(bench.senderEvents().badMessages()).isEmpty();
  }

  @Test
  default void shouldMeasureTheRoundTrip(PatternBench bench) throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(3);
    FutureTask<SendConversation.Outcome> sending = bench.send(0);
    bench.ticker().awaitWaiting(1);
    bench.ticker().advance(Duration.ofMillis(30));
    bench.serve();
    assertThat(PatternBench.resultOf(sending).roundTripNanos())
        .isEqualTo(Duration.ofMillis(30).toNanos());
  }

  @Test
  default void shouldAcknowledgeOnlyWithSlotTaken(PatternBench bench) throws Exception {
    assumeTrue(bench.acknowledges());
    bench.open(0);
    bench.inbox().allow(0);
    FutureTask<SendConversation.Outcome> held = bench.send(0);
    FutureTask<Boolean> serving = bench.start(bench::serve);
    bench.inbox().awaitReserving();
    // An acknowledgement given too early would have been there when the time ran out.
    bench.ticker().awaitWaiting(2);
    bench.ticker().advance(PatternBench.TIMEOUT);
    assertThat(PatternBench.resultOf(held).status()).isEqualTo(Receipt.Status.TIMED_OUT);
    assertThat(bench.arrived()).isEmpty();
    bench.inbox().allow(10);
    assertThat(PatternBench.resultOf(serving)).isTrue();
    assertThat(bench.arrived()).containsExactly(0L);
    assertThat(bench.deliver(1).status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
  }

  @Test
  default void shouldGiveBackFrameThatFindsTheReceiverClosed(PatternBench bench) throws Exception {
    bench.open(3);
    bench.inbox().allow(0);
    FutureTask<SendConversation.Outcome> sending = bench.send(0);
    FutureTask<Boolean> serving = bench.start(bench::serve);
    bench.inbox().awaitReserving();
    bench.inbox().close();
    assertThat(PatternBench.resultOf(serving)).as("the receiver goes on").isFalse();
    bench.senderLink().close();
    assertThat(PatternBench.resultOf(sending).status())
        .isIn(Receipt.Status.CLOSED, Receipt.Status.SENT);
    assertThat(bench.arrived()).isEmpty();
  }

  @Test
  default void shouldNotTakeTheAnswerToAnotherFrameForItsOwn(PatternBench bench) throws Exception {
    assumeTrue(
        bench.acknowledges() && bench.pattern().senderRole() == LinkRole.PAIR,
        "links of other roles tell answers apart");
    bench.open(0);
    for (int i = 1; i < 20; i += 2) {
      FutureTask<SendConversation.Outcome> sending = bench.send(i);
      bench.ticker().awaitWaiting(1);
      bench.network().inject(PatternBench.SENDER, bench.acknowledgement(i - 1));
      bench.runIntoTimeout();
      assertThat(PatternBench.resultOf(sending).status()).isEqualTo(Receipt.Status.TIMED_OUT);
      bench.serveAtOnce();
      assertThat(bench.deliver(i + 1).status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
    }
  }

  @Test
  default void shouldReturnDataToTheFrameThatItAnswers(PatternBench bench) throws Exception {
    assumeTrue(bench.pattern().features().contains(Feature.BIDIRECTIONAL));
    bench.open(PatternBench.conduct(true, 3, Duration.ZERO));
    bench.inbox().answerByHand();
    for (int i = 0; i < 10; i++) {
      FutureTask<SendConversation.Outcome> sending = bench.send(i);
      FutureTask<Boolean> serving = bench.start(bench::serve);
      boolean nothingToReturn = i % 4 == 3;
      bench.inbox().answer(i, nothingToReturn ? null : bench.answer("data " + i, i));
      assertThat(PatternBench.resultOf(serving)).isTrue();
      SendConversation.Outcome outcome = PatternBench.resultOf(sending);
      assertThat(outcome.status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
      assertThat(outcome.answer().data()).isEqualTo(nothingToReturn ? null : "data " + i);
      outcome.answer().release();
    }
  }

  @Test
  default void shouldNotTakeLateDataForThatOfAnotherFrame(PatternBench bench) throws Exception {
    assumeTrue(bench.pattern().features().contains(Feature.BIDIRECTIONAL));
    bench.open(PatternBench.conduct(true, 0, Duration.ZERO));
    bench.inbox().answerByHand();
    for (int i = 0; i < 20; i += 2) {
      FutureTask<SendConversation.Outcome> slow = bench.send(i);
      FutureTask<Boolean> servingSlow = bench.start(bench::serve);
      bench.inbox().awaitArrivals(i + 1);
      bench.ticker().awaitWaiting(2);
      bench.ticker().advance(PatternBench.TIMEOUT);
      assertThat(PatternBench.resultOf(slow).status()).isEqualTo(Receipt.Status.TIMED_OUT);
      bench.inbox().answer(i, bench.answer("late data", i));
      assertThat(PatternBench.resultOf(servingSlow)).isTrue();

      FutureTask<SendConversation.Outcome> next = bench.send(i + 1);
      FutureTask<Boolean> servingNext = bench.start(bench::serve);
      bench.inbox().answer(i + 1, bench.answer("data in time", i + 1));
      assertThat(PatternBench.resultOf(servingNext)).isTrue();
      Answer answer = PatternBench.resultOf(next).answer();
      assertThat(answer.data()).isEqualTo("data in time");
      answer.release();
    }
  }
}
