package io.netgear.video.javacv;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** Places frames, which come when they come, on the even ticks of a recording. */
final class TimeLine {
  private static final double MOST_SECONDS = 60;
  private static final double MOST_TICKS = 30_000;

  private final double ticksPerSecond;
  private Instant start;
  private Instant latest;
  private long last = -1;

  TimeLine(double ticksPerSecond) {
    this.ticksPerSecond = ticksPerSecond;
  }

  /**
   * The tick of a frame: the one after the frame before it, unless its time is clearly later. A
   * pause of more than a minute becomes one of a minute.
   */
  long tick(Instant at) {
    long next = last + 1;
    if (start == null) {
      start = at;
      latest = at;
    }
    latest = at.isAfter(latest) ? at : latest;
    double ideal = Duration.between(start, at).toNanos() * ticksPerSecond / 1e9;
    if (ideal - next > 0.75) { // less is the jitter of a network
      double most = Math.min(MOST_SECONDS * ticksPerSecond, MOST_TICKS);
      double skipped = Math.min(ideal - next, most);
      if (skipped < ideal - next) {
        start = start.plusNanos((long) ((ideal - next - skipped) / ticksPerSecond * 1e9));
      }
      next += Math.round(skipped);
    }
    last = next;
    return next;
  }

  /**
   * How many ticks a second would have been right, where frames came faster than the ticks that
   * were chosen; empty where the time line is right within 2 %.
   */
  OptionalDouble betterRate() {
    double seconds = start == null ? 0 : Duration.between(start, latest).toNanos() / 1e9;
    boolean tooLong = seconds > 0 && last / ticksPerSecond > seconds * 1.02;
    return tooLong ? OptionalDouble.of(Rates.usual(last / seconds)) : OptionalDouble.empty();
  }
}
