package io.netgear.cli;

import io.netgear.LatencySummary;
import io.netgear.Stats;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Frames and bits per second between one look at the books and the next, as one line. */
final class Rates {
  private static final double BITS = 8 / 1e6;

  private final Supplier<Stats> books;
  private Stats last;
  private long lastNanos = System.nanoTime();

  Rates(Supplier<Stats> books) {
    this.books = books;
    this.last = books.get();
  }

  /** What happened since the last call; the latency is of the whole stream. */
  String line() {
    Stats now = books.get();
    long nanos = System.nanoTime();
    double seconds = Math.max(1, nanos - lastNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    String line =
        String.format(
            Locale.ROOT,
            "%6d frames  %6.1f fps  %7.1f Mbit/s  %s  dropped %d",
            now.delivered(),
            (now.delivered() - last.delivered()) / seconds,
            (now.payloadBytes() - last.payloadBytes()) * BITS / seconds,
            latency(now.latency()),
            now.totalDropped());
    last = now;
    lastNanos = nanos;
    return line;
  }

  private static String latency(LatencySummary latency) {
    return latency.count() == 0
        ? "latency      -"
        : String.format(
            Locale.ROOT,
            "latency %6.1f ms (99%%: %.1f)",
            Summary.millis(latency.p50()),
            Summary.millis(latency.p99()));
  }
}
