package io.netgear.video.javacv;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Awaits what other threads do for longer than that takes on any machine; only a hang is longer.
 */
final class Patience {
  private Patience() {}

  /** As Awaitility's. */
  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }
}
