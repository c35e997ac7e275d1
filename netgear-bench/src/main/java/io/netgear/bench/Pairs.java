package io.netgear.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Frames of Java and of C in turns.
 *
 * @param clock by the clock on the wall
 * @param processor by the time that the processor worked for them, which other programs on the
 *     machine disturb less
 */
record Pairs(Times clock, Times processor) {
  /** Fewer say nothing. */
  static final int FEWEST = 20;

  /** One frame on Java's side. */
  interface Work {
    Object run() throws IOException;
  }

  /** Runs {@code warmUp + count} pairs; every other one begins with C. */
  static Pairs measure(Work work, CProgram.Loop loop, int warmUp, int count) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] java = new long[count];
    long[] javaCpu = new long[count];
    long[] c = new long[count];
    long[] cCpu = new long[count];
    for (int i = -warmUp; i < count; i++) {
      int at = Math.max(i, 0);
      if (i % 2 == 0) {
        loop.run(1, at, c, cCpu);
      }
      long beginCpu = threads.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      Object result = work.run();
      java[at] = System.nanoTime() - begin;
      javaCpu[at] = threads.getCurrentThreadCpuTime() - beginCpu;
      if (result == null) {
        throw new IllegalStateException("Java's side gave nothing.");
      }
      if (i % 2 != 0) {
        loop.run(1, at, c, cCpu);
      }
    }
    return new Pairs(new Times(java, c), new Times(javaCpu, cCpu));
  }
}
