package io.netgear.it;

import io.netgear.testkit.LeakCheckingPool;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Awaits what other threads do for longer than that takes on any machine; only a hang is longer.
 */
public final class Patience {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Patience() {}

  /** As Awaitility's. */
  public static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT);
  }

  /** Waits until all is given back: a link that is closed may do so a moment later. */
  public static void awaitNothingLent(LeakCheckingPool pool) {
    try {
      pool.awaitNothingLent(LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for memory", e);
    }
  }
}
