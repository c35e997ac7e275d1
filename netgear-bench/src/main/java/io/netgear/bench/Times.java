package io.netgear.bench;

import java.util.Arrays;

/** Nanoseconds of two sides, pair by pair, by one clock, and what their ratios say. */
final class Times {
  /** Fewer pairs say nothing. */
  static final int FEWEST = 20;

  /** Half of the width of a 95 % interval, in standard deviations. */
  private static final double DEVIATIONS = 1.96;

  private static final double NANOS_PER_MILLI = 1e6;

  private final double[] first;
  private final double[] second;
  private final double[] ratios;

  Times(long[] first, long[] second) {
    this.first = sorted(first);
    this.second = sorted(second);
    ratios = new double[first.length];
    Arrays.setAll(ratios, i -> (double) first[i] / second[i]);
    Arrays.sort(ratios);
  }

  private static double[] sorted(long[] nanos) {
    return Arrays.stream(nanos).asDoubleStream().sorted().toArray();
  }

  double firstMillis() {
    return first[first.length / 2] / NANOS_PER_MILLI;
  }

  double secondMillis() {
    return second[second.length / 2] / NANOS_PER_MILLI;
  }

  /** The median of the first side's time over the second's, pair by pair. */
  double ratio() {
    return ratios[ratios.length / 2];
  }

  /** The lower end of the median's 95 % interval, by order statistics. */
  double lowRatio() {
    return ratios[(int) (ratios.length / 2.0 - spread())];
  }

  /** The upper end. */
  double highRatio() {
    return ratios[Math.min(ratios.length - 1, (int) Math.ceil(ratios.length / 2.0 + spread()))];
  }

  private double spread() {
    return DEVIATIONS * Math.sqrt(ratios.length) / 2;
  }
}
