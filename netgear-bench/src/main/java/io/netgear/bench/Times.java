package io.netgear.bench;

import java.util.Arrays;

/** Java's and C's nanoseconds, pair by pair, by one clock, and what their ratios say. */
final class Times {
  /** Half of the width of a 95 % interval, in standard deviations. */
  private static final double DEVIATIONS = 1.96;

  private static final double NANOS_PER_MILLI = 1e6;

  private final double[] java;
  private final double[] c;
  private final double[] ratios;

  Times(long[] java, long[] c) {
    this.java = sorted(java);
    this.c = sorted(c);
    ratios = new double[java.length];
    Arrays.setAll(ratios, i -> (double) java[i] / c[i]);
    Arrays.sort(ratios);
  }

  private static double[] sorted(long[] nanos) {
    return Arrays.stream(nanos).asDoubleStream().sorted().toArray();
  }

  double javaMillis() {
    return java[java.length / 2] / NANOS_PER_MILLI;
  }

  double cMillis() {
    return c[c.length / 2] / NANOS_PER_MILLI;
  }

  /** The median of Java's time over C's, pair by pair. */
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
