package io.netgear.cli;

import io.netgear.DropReason;
import io.netgear.FrameFormat;
import io.netgear.LatencySummary;
import io.netgear.PixelFormat;
import io.netgear.Stats;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The last line of {@code --json}; docs/command.md describes the keys. */
final class Summary {
  private static final double MICROS_PER_MILLI = 1e3;

  private Summary() {}

  /**
   * Everything about one end, in the order in which it is printed.
   *
   * @param error the sentence that a person was told; null for none
   * @param extras what only some commands have to tell
   */
  static Map<String, Object> of(
      Tally tally, Ended ended, String error, Map<String, Object> extras) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("role", tally.role());
    summary.put("frames", tally.books() == null ? tally.frames() : tally.books().delivered());
    putBooks(summary, tally);
    FrameFormat format = tally.format();
    boolean picture = format != null && format.isPicture();
    summary.put("width", picture ? format.width() : null);
    summary.put("height", picture ? format.height() : null);
    PixelFormat pixels = picture ? format.pixelFormat() : null;
    summary.put("colorspace", pixels == null ? null : pixels.name());
    summary.put("messages", tally.messages());
    summary.put("first_frame_ms", tally.started() ? tally.firstFrameMillis() : null);
    summary.putAll(extras);
    summary.put("ended", ended.label());
    summary.put("error", error);
    return summary;
  }

  private static void putBooks(Map<String, Object> summary, Tally tally) {
    Stats books = tally.books();
    double seconds = tally.seconds();
    summary.put("bytes", books == null ? 0 : books.payloadBytes());
    summary.put("seconds", rounded(seconds));
    summary.put("fps", seconds > 0 ? rounded((tally.frames() - 1) / seconds) : 0);
    summary.put("offered", books == null ? 0 : books.frames());
    summary.put("dropped", books == null ? Map.of() : dropped(books));
    summary.put("balanced", books == null || books.balanced());
    summary.put("bad_messages", books == null ? 0 : books.badMessages());
    summary.put("refused", books == null ? 0 : books.refused());
    summary.put("reconnects", books == null ? 0 : books.reconnects());
    summary.put("latency_ms", latency(books));
  }

  /** By reason, those that happened. */
  static Map<String, Object> dropped(Stats books) {
    Map<String, Object> dropped = new LinkedHashMap<>();
    for (DropReason reason : DropReason.values()) {
      Long count = books.dropped().get(reason);
      if (count != null) {
        dropped.put(reason.name().toLowerCase(Locale.ROOT), count);
      }
    }
    return dropped;
  }

  private static Map<String, Object> latency(Stats books) {
    Map<String, Object> latency = new LinkedHashMap<>();
    LatencySummary measured =
        books == null || books.latency().count() == 0 ? null : books.latency();
    latency.put("p50", measured == null ? null : millis(measured.p50()));
    latency.put("p99", measured == null ? null : millis(measured.p99()));
    latency.put("max", measured == null ? null : millis(measured.max()));
    if (books != null && books.latency().implausible() > 0) {
      latency.put("implausible", books.latency().implausible());
    }
    return latency;
  }

  static double millis(Duration duration) {
    return duration.dividedBy(1_000).toNanos() / MICROS_PER_MILLI;
  }

  /** To three places. */
  static double rounded(double value) {
    return Math.round(value * MICROS_PER_MILLI) / MICROS_PER_MILLI;
  }
}
