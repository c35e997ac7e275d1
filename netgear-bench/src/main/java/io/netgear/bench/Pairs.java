package io.netgear.bench;

import java.io.IOException;
import java.util.Arrays;

/** Times taken in turns, and what their ratios say. */
final class Pairs {
  /** One frame on Java's side. */
  interface Work {
    Object run() throws IOException;
  }

  /** Half of the width of a 95 % interval, in standard deviations. */
  private static final double DEVIATIONS = 1.96;

  private static final double NANOS_PER_MILLI = 1e6;

  private final double[] java;
  private final double[] c;
  private final double[] ratios;

  private Pairs(int count) {
    java = new double[count];
    c = new double[count];
    ratios = new double[count];
  }

  /** Runs {@code warmUp + count} pairs; every other one begins with C. */
  static Pairs measure(Work work, CProgram.Loop loop, int warmUp, int count) throws IOException {
    if (count < 10) {
      throw new IllegalArgumentException("At least 10 pairs say something, got " + count + ".");
    }
    Pairs pairs = new Pairs(count);
    for (int i = -warmUp; i < count; i++) {
      boolean cFirst = i % 2 == 0;
      long cNanos = cFirst ? loop.run(1) : 0;
      long begin = System.nanoTime();
      Object result = work.run();
      long javaNanos = System.nanoTime() - begin;
      if (result == null) {
        throw new IllegalStateException("Java's side gave nothing.");
      }
      cNanos = cFirst ? cNanos : loop.run(1);
      if (i >= 0) {
        pairs.java[i] = javaNanos;
        pairs.c[i] = cNanos;
        pairs.ratios[i] = (double) javaNanos / cNanos;
      }
    }
    Arrays.sort(pairs.java);
    Arrays.sort(pairs.c);
    Arrays.sort(pairs.ratios);
    return pairs;
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
