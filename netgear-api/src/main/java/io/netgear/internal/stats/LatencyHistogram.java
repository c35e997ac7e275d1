package io.netgear.internal.stats;

import io.netgear.LatencySummary;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counts durations in buckets whose width is at most 1/64 of their value, from a microsecond to an
 * hour. What is longer is counted apart: no frame takes so long, but a peer can say so. Not
 * synchronised.
 *
 * <p>The layout is that of HdrHistogram, which the api does not depend on for the sake of having
 * one dependency.
 */
final class LatencyHistogram {
  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;
  private static final long LARGEST = TimeUnit.HOURS.toMicros(1);

  private final long[] counts = new long[indexOf(LARGEST) + 1];
  private long count;
  private long max;
  private double sum;
  private long implausible;

  void record(long micros) {
    if (micros > LARGEST) {
      implausible++;
      return;
    }
    long value = Math.max(micros, 0);
    counts[indexOf(value)]++;
    count++;
    sum += value;
    max = Math.max(max, value);
  }

  LatencySummary summary() {
    return new LatencySummary(
        count,
        quantile(0.5),
        quantile(0.99),
        micros(max),
        micros(count == 0 ? 0 : Math.round(sum / count)),
        implausible);
  }

  private Duration quantile(double fraction) {
    long wanted = (long) Math.ceil(fraction * count);
    long seen = 0;
    for (int i = 0; i < counts.length && wanted > 0; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return micros(Math.min(highestIn(i), max));
      }
    }
    return Duration.ZERO;
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, java.time.temporal.ChronoUnit.MICROS);
  }

  static int indexOf(long value) {
    int shift = 63 - Long.numberOfLeadingZeros(value | 1) - SUB_BITS;
    return shift <= 0 ? (int) value : shift * SUB + (int) (value >>> shift);
  }

  static long highestIn(int index) {
    if (index < 2 * SUB) {
      return index;
    }
    int shift = index / SUB - 1;
    return ((long) (index - shift * SUB + 1) << shift) - 1;
  }
}
