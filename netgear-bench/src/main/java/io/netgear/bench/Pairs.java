package io.netgear.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Frames of two sides in turns, so that both see the same weather on the machine.
 *
 * @param clock by the clock on the wall
 * @param processor by the time that the processor worked for them, which other programs on the
 *     machine disturb less
 */
record Pairs(Times clock, Times processor) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** One who can do a frame. */
  interface Side {
    /** Does one and puts its nanoseconds at {@code index}. */
    void run(int index, long[] clock, long[] processor) throws IOException;
  }

  /** A frame done by this thread; gives something that only work can give. */
  interface Work {
    Object run() throws IOException;
  }

  static Side java(Work work) {
    return (index, clock, processor) -> {
      long beginCpu = THREADS.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      Object result = work.run();
      clock[index] = System.nanoTime() - begin;
      processor[index] = THREADS.getCurrentThreadCpuTime() - beginCpu;
      if (result == null) {
        throw new IllegalStateException("The work gave nothing.");
      }
    };
  }

  /** Runs {@code warmUp + count} pairs; every other one begins with the second. */
  static Pairs measure(Side first, Side second, int warmUp, int count) throws IOException {
    if (count < Times.FEWEST) {
      throw new IllegalArgumentException(
          "At least " + Times.FEWEST + " pairs say something, got " + count + ".");
    }
    long[][] times = new long[4][count];
    for (int i = -warmUp; i < count; i++) {
      int at = Math.max(i, 0);
      if (i % 2 == 0) {
        second.run(at, times[2], times[3]);
      }
      first.run(at, times[0], times[1]);
      if (i % 2 != 0) {
        second.run(at, times[2], times[3]);
      }
    }
    return new Pairs(new Times(times[0], times[2]), new Times(times[1], times[3]));
  }
}
