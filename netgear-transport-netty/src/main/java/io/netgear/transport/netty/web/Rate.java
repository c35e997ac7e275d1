package io.netgear.transport.netty.web;

import java.util.concurrent.TimeUnit;

/** How often something happens a second, as of the last few seconds. Thread-safe. */
final class Rate {
  private static final int KEPT = 128;
  private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(2);

  private final long[] times = new long[KEPT];
  private long count;

  /** It happened at {@code now} (as {@link System#nanoTime}). */
  synchronized void tick(long now) {
    times[(int) (count % KEPT)] = now;
    count++;
  }

  /** 0 when it has not happened twice lately. */
  synchronized double perSecond(long now) {
    long newest = count == 0 ? now : times[(int) ((count - 1) % KEPT)];
    if (now - newest > WINDOW_NS) {
      return 0;
    }
    long oldest = newest;
    int between = 0;
    for (long i = count - 2; i >= Math.max(0, count - KEPT); i--) {
      long time = times[(int) (i % KEPT)];
      if (now - time > WINDOW_NS) {
        break;
      }
      oldest = time;
      between++;
    }
    return newest == oldest ? 0 : between * 1e9 / (newest - oldest);
  }
}
