package io.netgear.internal.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes an end once, whoever asks first; whoever asks while that goes on waits until it is done,
 * so that after any {@code close} the port is free and the books are final.
 */
final class Closing {
  /** What the one who closes takes at most. */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final AtomicReference<Thread> closer = new AtomicReference<>();
  private final CountDownLatch done = new CountDownLatch(1);

  /** Whether somebody has asked. */
  boolean begun() {
    return closer.get() != null;
  }

  /**
   * Runs {@code work} when it is the first.
   *
   * @param mayWait whether a later one may wait: not if the first one waits for what it holds
   */
  void once(Runnable work, boolean mayWait) {
    if (closer.compareAndSet(null, Thread.currentThread())) {
      try {
        work.run();
      } finally {
        done.countDown();
      }
    } else if (mayWait && closer.get() != Thread.currentThread()) {
      awaitDone();
    }
  }

  private void awaitDone() {
    try {
      boolean unused = done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
