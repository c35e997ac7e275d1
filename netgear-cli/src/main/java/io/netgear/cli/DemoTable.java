package io.netgear.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The books of both ends side by side. */
final class DemoTable {
  private DemoTable() {}

  /** From the two summaries. */
  static Table of(Map<?, ?> sender, Map<?, ?> receiver) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("frames offered / arrived", sender.get("offered"), receiver.get("offered")));
    rows.add(row("acknowledged / handed out", sender.get("frames"), receiver.get("frames")));
    rows.add(row("dropped", drops(sender), drops(receiver)));
    rows.add(row("books balance", yesNo(sender), yesNo(receiver)));
    rows.add(row("payload MB", megabytes(sender), megabytes(receiver)));
    rows.add(row("frames/s", fixed(sender.get("fps")), fixed(receiver.get("fps"))));
    rows.add(row("Mbit/s", megabits(sender), megabits(receiver)));
    for (String key : List.of("p50", "p99", "max")) {
      rows.add(
          row(
              "ms to answer / of age, " + key,
              fixed(latency(sender, key)),
              fixed(latency(receiver, key))));
    }
    return new Table(List.of("", "sender", "receiver"), rows);
  }

  private static List<String> row(String label, Object sender, Object receiver) {
    return List.of(label, String.valueOf(sender), String.valueOf(receiver));
  }

  private static String drops(Map<?, ?> end) {
    return end.get("dropped") instanceof Map<?, ?> drops && !drops.isEmpty()
        ? drops.toString()
        : "0";
  }

  private static String yesNo(Map<?, ?> end) {
    return Boolean.TRUE.equals(end.get("balanced")) ? "yes" : "NO";
  }

  private static String megabytes(Map<?, ?> end) {
    return fixed(number(end.get("bytes")) / 1e6);
  }

  private static String megabits(Map<?, ?> end) {
    double seconds = number(end.get("seconds"));
    return fixed(seconds == 0 ? 0 : number(end.get("bytes")) * 8 / 1e6 / seconds);
  }

  private static Object latency(Map<?, ?> end, String key) {
    return end.get("latency_ms") instanceof Map<?, ?> latency ? latency.get(key) : null;
  }

  private static String fixed(Object value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", number(value));
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
