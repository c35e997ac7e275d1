package io.netgear.testkit;

import io.netgear.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A clock that a test moves: nothing but {@link #advance} makes time pass. Thread-safe.
 *
 * <p>A thread that waits for a deadline of this clock waits until a test advances it that far, so a
 * test first lets the thread arrive ({@link #awaitWaiting}) and then moves time.
 */
public final class FakeTicker implements Ticker {
  /** Where the wall clock starts: the first second of 2025, UTC. */
  public static final long START_MICROS = 1_735_689_600_000_000L;

  private final Duration patience;
  private final List<Waiter> waiters = new ArrayList<>();
  private long nanos = 1_000_000_000L;
  private long passedNanos;

  /** One wait of one thread; two of them are never the same, whatever they wait for. */
  private static final class Waiter {
    private final Lock lock;
    private final Condition condition;
    private final long untilNanos;

    Waiter(Lock lock, Condition condition, long untilNanos) {
      this.lock = lock;
      this.condition = condition;
      this.untilNanos = untilNanos;
    }
  }

  /** A clock that {@link #awaitWaiting} watches for at most 20 seconds of real time. */
  public FakeTicker() {
    this(Duration.ofSeconds(20));
  }

  FakeTicker(Duration patience) {
    this.patience = patience;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized long epochMicros() {
    return START_MICROS + TimeUnit.NANOSECONDS.toMicros(passedNanos);
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // callers loop, as the interface says
  public void await(Lock lock, Condition condition, long untilNanos) throws InterruptedException {
    Waiter waiter = new Waiter(lock, condition, untilNanos);
    synchronized (this) {
      if (untilNanos - nanos <= 0) {
        return;
      }
      waiters.add(waiter);
      notifyAll();
    }
    try {
      condition.await();
    } finally {
      forget(waiter);
    }
  }

  /**
   * Lets time pass and wakes every thread whose deadline has come. Returns without waiting for what
   * these threads then do.
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Time does not run backwards, got " + duration + ".");
    }
    List<Waiter> due = new ArrayList<>();
    synchronized (this) {
      nanos += duration.toNanos();
      passedNanos += duration.toNanos();
      for (Waiter waiter : waiters) {
        if (waiter.untilNanos - nanos <= 0) {
          due.add(waiter);
        }
      }
    }
    // A waiter holds its own lock when it takes this object's monitor, so its lock is taken without
    // that monitor. It gives the lock up only inside condition.await: no signal comes too early.
    for (Waiter waiter : due) {
      waiter.lock.lock();
      try {
        waiter.condition.signalAll();
      } finally {
        waiter.lock.unlock();
      }
    }
  }

  /** How many threads wait for a moment that has not come yet. */
  public synchronized int waiting() {
    int count = 0;
    for (Waiter waiter : waiters) {
      if (waiter.untilNanos - nanos > 0) {
        count++;
      }
    }
    return count;
  }

  /**
   * Blocks, in real time, until at least {@code threads} threads wait for this clock.
   *
   * @throws AssertionError if that does not happen within 20 seconds
   */
  public synchronized void awaitWaiting(int threads) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (waiting() < threads) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "Expected "
                + threads
                + " threads to wait for the fake clock, there are "
                + waiting()
                + ".");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized void forget(Waiter waiter) {
    waiters.remove(waiter);
  }
}
