package io.netgear.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Turns, and what is made of them. */
class RoundsTest {
  private static final Rounds.Budget SHORT = new Rounds.Budget(0, Times.FEWEST);

  /** For 100 000 bytes: what taking a sample costs differs by some before and after compilation. */
  private static final double LEAST_HEAP = 99_000;

  private static final double MOST_HEAP = 110_000;

  @Test
  void shouldGiveEverySideATurnInEachRoundAndAnotherBeginning() throws IOException {
    List<String> turns = new ArrayList<>();

    Rounds.run(List.of(side("a", turns, 1), side("b", turns, 1), side("c", turns, 1)), SHORT);

    int warmUp = 3 * (Times.FEWEST / 4);
    assertThat(turns).hasSize(warmUp + 3 * Times.FEWEST);
    assertThat(turns.subList(warmUp, warmUp + 9))
        .containsExactly("a0", "b0", "c0", "b1", "c1", "a1", "c2", "a2", "b2");
  }

  @Test
  void shouldTellTheMedianOfTheRatiosRoundByRound() throws IOException {
    // The weather makes every other round ten times as slow, for both.
    Rounds.Side one = index -> new Rounds.Sample(index % 2 == 0 ? 1000 : 10_000, 100, 0);
    Rounds.Side two = index -> new Rounds.Sample(index % 2 == 0 ? 2000 : 20_000, 300, -1);

    List<Rounds.Series> series = Rounds.run(List.of(one, two), SHORT);

    Times clock = series.get(1).clockAgainst(series.get(0));
    assertThat(clock.ratio()).isEqualTo(2.0);
    assertThat(clock.lowRatio()).isEqualTo(2.0);
    assertThat(clock.highRatio()).isEqualTo(2.0);
    assertThat(series.get(1).processorAgainst(series.get(0)).ratio()).isEqualTo(3.0);
    assertThat(series.get(0).heapBytes()).isZero();
    assertThat(series.get(1).heapBytes()).isNaN();
  }

  @Test
  void shouldTellOfABlockWhatOneFrameTook() throws IOException {
    byte[][] kept = new byte[1][];
    Rounds.Side block = Rounds.block(10, index -> kept[0] = new byte[1_000_000]);

    List<Rounds.Series> series = Rounds.run(List.of(block), SHORT);

    assertThat(series.get(0).heapBytes()).isBetween(LEAST_HEAP, MOST_HEAP);
    assertThat(kept[0]).hasSize(1_000_000);
  }

  @Test
  void shouldCountTheHeapOfTheWorkAlone() throws IOException {
    byte[][] kept = new byte[1][];
    Rounds.Side nothing = Rounds.java(index -> {});
    Rounds.Side array = Rounds.java(index -> kept[0] = new byte[100_000]);

    List<Rounds.Series> series = Rounds.run(List.of(nothing, array), SHORT);

    assertThat(series.get(0).heapBytes()).isLessThan(1000);
    assertThat(series.get(1).heapBytes()).isBetween(LEAST_HEAP, MOST_HEAP);
    assertThat(kept[0]).hasSize(100_000);
  }

  private static Rounds.Side side(String name, List<String> turns, long nanos) {
    return index -> {
      turns.add(name + index);
      return new Rounds.Sample(nanos, nanos, 0);
    };
  }
}
