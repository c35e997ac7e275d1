package io.netgear.spi;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The passing of time, so that tests can make it pass. Thread-safe. */
public interface Ticker {
  /** The real one. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long epochMicros() {
          Instant now = Instant.now();
          return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // callers loop, as the interface says
        public void await(Lock lock, Condition condition, long untilNanos)
            throws InterruptedException {
          long left = untilNanos - System.nanoTime();
          if (left > 0) {
            condition.awaitNanos(left);
          }
        }
      };

  /** As {@link System#nanoTime()}: only differences mean anything. */
  long nanos();

  /** Wall-clock time, microseconds since 1970 UTC. */
  long epochMicros();

  /**
   * Waits on {@code condition} until signalled or until {@link #nanos()} reaches {@code
   * untilNanos}. May return early; callers loop.
   *
   * @param lock the condition's lock, held by the caller
   */
  void await(Lock lock, Condition condition, long untilNanos) throws InterruptedException;
}
