package io.netgear.spi;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

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
          java.time.Instant now = java.time.Instant.now();
          return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
        }

        @Override
        public void await(Condition condition, long untilNanos) throws InterruptedException {
          long left = untilNanos - System.nanoTime();
          if (left > 0) {
            // a return value of awaitNanos would only repeat what the caller's loop finds out by itself
            long unused = condition.awaitNanos(left);
          }
        }
      };

  /** As {@link System#nanoTime()}: only differences mean anything. */
  long nanos();

  /** Wall-clock time, microseconds since 1970 UTC. */
  long epochMicros();

  /**
   * Waits on {@code condition}, whose lock the caller holds, until signalled or until {@link #nanos()} reaches {@code
   * untilNanos}. May return early; callers loop.
   */
  void await(Condition condition, long untilNanos) throws InterruptedException;
}
