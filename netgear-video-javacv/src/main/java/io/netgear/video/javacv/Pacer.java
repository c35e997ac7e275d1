package io.netgear.video.javacv;

import io.netgear.spi.Ticker;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Keeps a loop to a number of rounds per second.
 *
 * <p>Round n is due n periods after the first, reckoned from the start, so that errors do not add
 * up. After a stall of more than one period the count starts anew: what was missed is not made up
 * for by a burst. For one thread.
 */
public final class Pacer {
  private static final double NANOS = 1e9;

  private final double periodNanos;
  private final Ticker ticker;
  private final LongConsumer sleep;
  private long startNanos;
  private long rounds = -1;

  private Pacer(double perSecond, Ticker ticker, LongConsumer sleep) {
    if (!(perSecond > 0 && perSecond <= 1e6)) {
      throw new IllegalArgumentException(
          "Frames per second are more than 0 and at most 1000000, got " + perSecond + ".");
    }
    this.periodNanos = NANOS / perSecond;
    this.ticker = ticker;
    this.sleep = sleep;
  }

  /** A pacer on the system's clock; the first round is due at once. */
  public static Pacer perSecond(double perSecond) {
    return new Pacer(perSecond, Ticker.SYSTEM, LockSupport::parkNanos);
  }

  static Pacer perSecond(double perSecond, Ticker ticker, LongConsumer sleep) {
    return new Pacer(perSecond, ticker, sleep);
  }

  /**
   * Sleeps until the next round is due. Returns early, the interrupt kept, when the thread is
   * interrupted.
   */
  public void await() {
    long due = nextDue();
    long left;
    while ((left = due - ticker.nanos()) > 0 && !Thread.currentThread().isInterrupted()) {
      sleep.accept(left);
    }
    taken(due);
  }

  /**
   * Whether the next round is due now, without waiting; if so, it counts as done. To thin out a
   * live source.
   */
  public boolean tryTake() {
    long due = nextDue();
    // half a period early is still on time: a camera's own jitter must not cost every other frame
    if (due - ticker.nanos() > periodNanos / 2) {
      return false;
    }
    taken(due);
    return true;
  }

  private long nextDue() {
    return rounds < 0 ? ticker.nanos() : startNanos + (long) (rounds * periodNanos);
  }

  private void taken(long due) {
    long now = ticker.nanos();
    if (rounds < 0 || now - due > periodNanos) {
      startNanos = now;
      rounds = 0;
    }
    rounds++;
  }
}
