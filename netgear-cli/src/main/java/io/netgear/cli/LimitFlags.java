package io.netgear.cli;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** When to stop of one's own accord. */
final class LimitFlags {
  @Option(names = "--frames", paramLabel = "N", description = "Stop after so many frames.")
  Long frames;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Stop so long after the first frame.")
  Double seconds;

  /**
   * Refuses limits that cannot be meant.
   *
   * @throws IllegalArgumentException for those
   */
  void check() {
    if (frames != null && frames < 1) {
      throw new IllegalArgumentException("--frames is at least 1, got " + frames + ".");
    }
    if (seconds != null && !(seconds > 0 && seconds < 1e9)) {
      throw new IllegalArgumentException("--seconds is more than 0, got " + seconds + ".");
    }
  }

  /** Whether so many frames are all that were asked for. */
  boolean enough(long count) {
    return frames != null && count >= frames;
  }

  /** Whether the first frame was so long ago that it is time to stop. */
  boolean timeIsUp(long nanos) {
    return seconds != null && nanos >= seconds * TimeUnit.SECONDS.toNanos(1);
  }
}
