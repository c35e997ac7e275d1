package io.netgear.bench.report;

import java.util.Locale;

/** Numbers as people read them; a dash for what is none. */
final class Figures {
  private static final String NONE = "-";
  private static final int KILO = 1000;

  private Figures() {}

  static String ratio(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.2f", value);
  }

  static String interval(Row row) {
    return row.isBaseline() || Double.isNaN(row.low())
        ? NONE
        : ratio(row.low()) + " to " + ratio(row.high());
  }

  static String millis(double value) {
    return Double.isNaN(value)
        ? NONE
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  static String bytes(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    return value < 10 * KILO
        ? String.format(Locale.ROOT, "%.0f B", value)
        : String.format(Locale.ROOT, "%.0f KB", value / KILO);
  }
}
