package io.netgear.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.LatencySummary;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void shouldBeEmptyAtFirst() {
    LatencySummary summary = histogram.summary();

    assertThat(summary.count()).isZero();
    assertThat(summary.p99()).isZero();
    assertThat(summary.max()).isZero();
    assertThat(summary.mean()).isZero();
  }

  @Test
  void shouldPutEachValueIntoABucketThatHoldsIt() {
    int last = -1;
    for (long value = 0; value < 3_600_000_000L; value += value / 200 + 1) {
      int index = LatencyHistogram.indexOf(value);
      long highest = LatencyHistogram.highestIn(index);

      assertThat(index).isGreaterThanOrEqualTo(last);
      assertThat(highest).isGreaterThanOrEqualTo(value);
      assertThat((double) (highest - value)).isLessThanOrEqualTo(value / 63.0 + 1e-9);
      last = index;
    }
  }

  @Test
  void shouldAgreeWithSortingTheValues() {
    long[] values = new Random(7).longs(10_000, 1, 5_000_000).toArray();
    for (long value : values) {
      histogram.record(value);
    }
    Arrays.sort(values);

    LatencySummary summary = histogram.summary();

    assertThat(micros(summary.p50())).isBetween(values[4999], values[4999] * 65 / 64 + 1);
    assertThat(micros(summary.p99())).isBetween(values[9899], values[9899] * 65 / 64 + 1);
    assertThat(micros(summary.max())).isEqualTo(values[9999]);
    assertThat(micros(summary.mean()))
        .isEqualTo(Math.round(Arrays.stream(values).average().orElseThrow()));
    assertThat(summary.count()).isEqualTo(10_000);
  }

  @Test
  void shouldCountApartWhatNoFrameCanTake() {
    histogram.record(-5);
    histogram.record(3_600_000_000L);
    histogram.record(3_600_000_001L);
    histogram.record(Long.MAX_VALUE);

    assertThat(histogram.summary().count()).isEqualTo(2);
    assertThat(histogram.summary().p50()).isZero();
    assertThat(histogram.summary().max()).hasHours(1);
    assertThat(histogram.summary().implausible()).isEqualTo(2);
  }

  private static long micros(java.time.Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
