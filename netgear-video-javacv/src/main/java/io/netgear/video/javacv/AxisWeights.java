package io.netgear.video.javacv;

/**
 * How much each old pixel of a row or column counts in each new one, in whole numbers: area
 * coverage when shrinking, linear interpolation between pixel centres when enlarging.
 */
final class AxisWeights {
  /** Of every new pixel's weights, the sum. */
  final int total;

  private final int[] first;
  private final int[][] weights;

  private AxisWeights(int total, int[] first, int[][] weights) {
    this.total = total;
    this.first = first;
    this.weights = weights;
  }

  static AxisWeights of(int from, int to) {
    return to <= from ? area(from, to) : linear(from, to);
  }

  /** First old pixel that counts in new pixel {@code index}. */
  int first(int index) {
    return first[index];
  }

  /** Weights of the old pixels from {@link #first} on. */
  int[] weights(int index) {
    return weights[index];
  }

  private static AxisWeights area(int from, int to) {
    int common = gcd(from, to);
    int oldStep = to / common; // an old pixel is this long, a new one 'newStep', in the same unit
    int newStep = from / common;
    int[] first = new int[to];
    int[][] weights = new int[to][];
    for (int i = 0; i < to; i++) {
      long start = (long) i * newStep;
      long end = start + newStep;
      first[i] = (int) (start / oldStep);
      int last = (int) ((end - 1) / oldStep);
      weights[i] = new int[last - first[i] + 1];
      for (int old = first[i]; old <= last; old++) {
        long covered = Math.min(end, (old + 1L) * oldStep) - Math.max(start, (long) old * oldStep);
        weights[i][old - first[i]] = (int) covered;
      }
    }
    return new AxisWeights(newStep, first, weights);
  }

  private static AxisWeights linear(int from, int to) {
    int total = 2 * to;
    int[] first = new int[to];
    int[][] weights = new int[to][];
    for (int i = 0; i < to; i++) {
      // centre of the new pixel in units of 1/total of an old one, from the first old centre
      long centre = (2L * i + 1) * from - to;
      int left = (int) Math.floorDiv(centre, (long) total);
      int right = (int) Math.floorMod(centre, (long) total);
      if (left < 0 || left >= from - 1 || right == 0) {
        first[i] = Math.min(Math.max(left, 0), from - 1);
        weights[i] = new int[] {total};
      } else {
        first[i] = left;
        weights[i] = new int[] {total - right, right};
      }
    }
    return new AxisWeights(total, first, weights);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
