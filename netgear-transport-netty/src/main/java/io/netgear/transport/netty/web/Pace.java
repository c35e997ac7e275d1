package io.netgear.transport.netty.web;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * How many pictures may be on their way to a viewer that says which it has shown. What the system
 * has taken may still wait in its buffers for seconds; so this is about what was shown, not about
 * what was written.
 *
 * <p>Where answers come as fast as the best one so far, a long way is filled with up to {@value
 * #MOST} pictures; where they take longer, pictures wait somewhere, and there are fewer.
 */
final class Pace {
  static final int MOST = 8;

  private static final long TOLERANCE_NS = TimeUnit.MILLISECONDS.toNanos(30);

  private final ArrayDeque<long[]> underWay = new ArrayDeque<>(MOST);
  private long best = Long.MAX_VALUE;
  private int window = 2;

  boolean mayLeave() {
    return underWay.size() < window;
  }

  /** Picture {@code number} leaves at {@code now} (as {@link System#nanoTime}). */
  void left(long number, long now) {
    underWay.add(new long[] {number, now});
  }

  /** The viewer has shown {@code number}; answers whether that is the one it was to show next. */
  boolean shown(long number, long now) {
    long[] first = underWay.peek();
    if (first == null || first[0] != number) {
      return false;
    }
    boolean full = !mayLeave();
    underWay.remove();
    long took = now - first[1];
    best = Math.min(best, took);
    if (took > 2 * best + TOLERANCE_NS) {
      window = Math.max(1, window - 1);
    } else if (full) {
      window = Math.min(MOST, window + 1);
    }
    return true;
  }

  int window() {
    return window;
  }
}
