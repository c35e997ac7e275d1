package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Streams that do frames as fast as they can, each on a thread and with codecs of its own. Between
 * blocks of frames all of them wait.
 */
final class Streams implements AutoCloseable {
  /** Frames of all streams together where they are to be compared, a multiple of their number. */
  static final int BLOCK = 32;

  private static final long LIMIT_SECONDS = 60;

  private final Supplier<Work.Step> work;
  private final int framesOfEach;
  private final CyclicBarrier barrier;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /**
   * Starts so many.
   *
   * @param framesOfEach of a block
   * @param work makes what one of them does, on its thread
   */
  Streams(int streams, int framesOfEach, Supplier<Work.Step> work) {
    this.work = work;
    this.framesOfEach = framesOfEach;
    barrier = new CyclicBarrier(streams + 1);
    for (int i = 1; i <= streams; i++) {
      Thread thread = new Thread(this::stream, "stream-" + i);
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((failed, thrown) -> fail(thrown));
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /** Starts so many that encode and decode: 1, 2, 4, 8, 16 or 32. */
  static Streams coding(int streams, List<Frame> frames, Jpeg jpeg) {
    if (streams < 1 || BLOCK % streams != 0) {
      throw new IllegalArgumentException(
          "The number of streams must divide " + BLOCK + ", got " + streams + ".");
    }
    return new Streams(streams, BLOCK / streams, () -> Work.both(frames, jpeg));
  }

  private void fail(Throwable thrown) {
    failure.compareAndSet(null, thrown);
    barrier.reset();
  }

  private void stream() {
    try (Work.Step step = work.get()) {
      for (int next = 0; ; next++) {
        barrier.await();
        for (int i = 0; i < framesOfEach; i++) {
          step.run(next * framesOfEach + i & Integer.MAX_VALUE);
        }
        barrier.await();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt(); // the end, for this one or for all
    }
  }

  /** Lets them do a block of frames, each stream as many as the others. */
  void run() {
    try {
      barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while streams ran.", e);
    } catch (BrokenBarrierException | TimeoutException e) {
      Throwable why = failure.get() == null ? e : failure.get();
      throw new IllegalStateException("A stream failed: " + why, why);
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
