package io.netgear.spi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A moment until which something may take. Immutable.
 *
 * <p>Durations beyond 100 years count as 100 years, so that arithmetic on nanoseconds cannot
 * overflow.
 */
public final class Deadline {
  private static final long FAR_NS = TimeUnit.DAYS.toNanos(36_500);

  private final Ticker ticker;
  private final long atNanos;

  private Deadline(Ticker ticker, long atNanos) {
    this.ticker = ticker;
    this.atNanos = atNanos;
  }

  /** {@code duration} from now. */
  public static Deadline after(Duration duration, Ticker ticker) {
    return afterNanos(
        duration.compareTo(Duration.ofNanos(FAR_NS)) > 0 ? FAR_NS : duration.toNanos(), ticker);
  }

  /** {@code nanos} from now. */
  public static Deadline afterNanos(long nanos, Ticker ticker) {
    return new Deadline(ticker, ticker.nanos() + Math.min(Math.max(nanos, 0), FAR_NS));
  }

  /** Practically never. */
  public static Deadline never(Ticker ticker) {
    return afterNanos(FAR_NS, ticker);
  }

  /** The earlier of this and {@code other}. */
  public Deadline orEarlier(Deadline other) {
    return atNanos - other.atNanos <= 0 ? this : other;
  }

  /** Nanoseconds left, never negative. */
  public long remainingNanos() {
    return Math.max(0, atNanos - ticker.nanos());
  }

  /**
   * Milliseconds left, rounded up, so that a caller that waits for them does not wake too early;
   * never negative.
   */
  public long remainingMillis() {
    return (remainingNanos() + 999_999) / 1_000_000;
  }

  /** Whether the moment has passed. */
  public boolean passed() {
    return remainingNanos() == 0;
  }

  /**
   * Waits on {@code condition}, at most until the deadline. May return early; callers loop.
   *
   * @param lock the condition's lock, held by the caller
   */
  public void await(Lock lock, Condition condition) throws InterruptedException {
    ticker.await(lock, condition, atNanos);
  }
}
