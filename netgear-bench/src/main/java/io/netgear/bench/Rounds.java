package io.netgear.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of several sides in turns, so that all see the same weather on the machine. Each round has
 * a frame of every side; who begins changes from round to round. Processor time and heap are those
 * of all Java threads, so that sides may let others work for them.
 */
final class Rounds {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private static final int MOST = 5000;

  /**
   * What one frame took.
   *
   * @param heap bytes, or -1 for what is not Java
   */
  record Sample(long clockNs, long processorNs, long heap) {}

  /** One who can do a frame. */
  interface Side {
    /** Does the frame with this number. */
    Sample run(int index) throws IOException;
  }

  /** A frame done by this thread, or for it. */
  interface Work {
    void run(int index) throws IOException;
  }

  /**
   * How long to go on.
   *
   * @param nanos for the rounds that count, after a quarter of that to warm up
   * @param fewest rounds, however long they take
   */
  record Budget(long nanos, int fewest) {}

  /** The samples of one side, round by round. */
  static final class Series {
    private final long[] clock;
    private final long[] processor;
    private final long[] heap;

    private Series(List<Sample> samples) {
      clock = samples.stream().mapToLong(Sample::clockNs).toArray();
      processor = samples.stream().mapToLong(Sample::processorNs).toArray();
      heap = samples.stream().mapToLong(Sample::heap).toArray();
    }

    /** Of this side's time by the clock over another's. */
    Times clockAgainst(Series other) {
      return new Times(clock, other.clock);
    }

    Times processorAgainst(Series other) {
      return new Times(processor, other.processor);
    }

    /** The time by the clock below which this share of the frames lies. */
    double clockMillis(double quantile) {
      long[] sorted = clock.clone();
      Arrays.sort(sorted);
      return sorted[(int) Math.min(sorted.length - 1, quantile * sorted.length)] / 1e6;
    }

    /** The median of the bytes a frame, not a number for what is not Java. */
    double heapBytes() {
      long[] sorted = heap.clone();
      Arrays.sort(sorted);
      long median = sorted[sorted.length / 2];
      return median < 0 ? Double.NaN : median;
    }

    int count() {
      return clock.length;
    }
  }

  private Rounds() {}

  static Side java(Work work) {
    return new JavaSide(work);
  }

  /** A side whose turn is so many frames, of which it tells what one took. */
  static Side block(int frames, Work work) {
    Side whole = java(work);
    return index -> {
      Sample sample = whole.run(index);
      return new Sample(
          sample.clockNs() / frames, sample.processorNs() / frames, sample.heap() / frames);
    };
  }

  /** Runs rounds as long as {@code budget} says. */
  static List<Series> run(List<Side> sides, Budget budget) throws IOException {
    rounds(sides, new Budget(budget.nanos() / 4, Math.max(2, budget.fewest() / 4)));
    return rounds(sides, budget).stream().map(Series::new).toList();
  }

  private static List<List<Sample>> rounds(List<Side> sides, Budget budget) throws IOException {
    List<List<Sample>> samples = new ArrayList<>();
    sides.forEach(side -> samples.add(new ArrayList<>()));
    long end = System.nanoTime() + budget.nanos();
    for (int round = 0;
        round < MOST && (round < budget.fewest() || System.nanoTime() < end);
        round++) {
      for (int i = 0; i < sides.size(); i++) {
        int turn = (i + round) % sides.size();
        samples.get(turn).add(sides.get(turn).run(round));
      }
    }
    return samples;
  }

  /** Takes from each sample what taking it costs. */
  private static final class JavaSide implements Side {
    private static final Work NOTHING = index -> {};

    private final Work work;
    private long[] threads = new long[0];
    private int frames;
    private Sample nothing = new Sample(0, 0, 0);

    JavaSide(Work work) {
      this.work = work;
    }

    @Override
    public Sample run(int index) throws IOException {
      // Helpers and transports start their threads with the first frames.
      if (Integer.bitCount(frames++) <= 1) {
        threads = THREADS.getAllThreadIds();
        nothing = least(sample(NOTHING, index), sample(NOTHING, index));
      }
      Sample sample = sample(work, index);
      return new Sample(
          sample.clockNs(),
          Math.max(1, sample.processorNs() - nothing.processorNs()),
          Math.max(0, sample.heap() - nothing.heap()));
    }

    private static Sample least(Sample one, Sample two) {
      return new Sample(
          0, Math.min(one.processorNs(), two.processorNs()), Math.min(one.heap(), two.heap()));
    }

    private Sample sample(Work work, int index) throws IOException {
      long heap = allocated();
      long processor = worked();
      long begin = System.nanoTime();
      work.run(index);
      long clock = System.nanoTime() - begin;
      processor = worked() - processor;
      return new Sample(clock, processor, allocated() - heap);
    }

    private long worked() {
      return sum(THREADS.getThreadCpuTime(threads));
    }

    private long allocated() {
      return sum(THREADS.getThreadAllocatedBytes(threads));
    }

    private static long sum(long[] values) {
      long sum = 0;
      for (long value : values) {
        sum += Math.max(0, value);
      }
      return sum;
    }
  }
}
