package io.netgear.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Sides that move frames as fast as they can, so many at a time, in turns. Who begins changes from
 * round to round; all keep their connections.
 */
final class Turns {
  private static final int WARM_UP = 8;
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /** Moves frames from one end to the other. */
  interface Side extends AutoCloseable {
    /** Returns when all of {@code frames} frames have been read. */
    void move(int frames) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
  }

  private final int frames;
  private final long[][] clock;
  private final long[][] processors;

  private Turns(int sides, int rounds, int frames) {
    this.frames = frames;
    clock = new long[sides][rounds];
    processors = new long[sides][rounds];
  }

  /** Lets all of {@code sides} move {@code frames} frames in each of {@code rounds} rounds. */
  static Turns run(List<? extends Side> sides, int rounds, int frames)
      throws IOException, InterruptedException {
    Turns turns = new Turns(sides.size(), rounds, frames);
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int i = 0; i < sides.size(); i++) {
        int side = (i + round + WARM_UP) % sides.size();
        turns.take(side, sides.get(side), Math.max(round, 0));
      }
    }
    return turns;
  }

  private void take(int index, Side side, int round) throws IOException, InterruptedException {
    long worked = processorNanos();
    long start = System.nanoTime();
    side.move(frames);
    clock[index][round] = System.nanoTime() - start;
    processors[index][round] = Math.max(1, processorNanos() - worked);
  }

  /** Of all threads but the JVM's own, which compile. */
  private static long processorNanos() {
    long sum = 0;
    for (long nanos : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
      sum += Math.max(0, nanos);
    }
    return sum;
  }

  /** How many frames of a side there were in a second, in the median of its turns. */
  double framesPerSecond(int side) {
    return 1e3 * frames / new Times(clock[side], clock[side]).firstMillis();
  }

  /** How many times as fast a side was as another, round by round. */
  Times speed(int side, int against) {
    return new Times(clock[against], clock[side]);
  }

  /** How many times the other's processor time a side took, round by round. */
  Times effort(int side, int against) {
    return new Times(processors[side], processors[against]);
  }
}
