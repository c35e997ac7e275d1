package io.netgear.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The books of all ends side by side. */
final class DemoTable {
  private DemoTable() {}

  /** From the summaries of all senders and all receivers. */
  static Table of(List<Map<?, ?>> senders, List<Map<?, ?>> receivers) {
    List<Column> columns = new ArrayList<>();
    columns.addAll(columns("sender", senders));
    columns.addAll(columns("receiver", receivers));
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("frames offered / arrived", columns, end -> String.valueOf(end.get("offered"))));
    rows.add(row("acknowledged / handed out", columns, end -> String.valueOf(end.get("frames"))));
    rows.add(row("dropped", columns, DemoTable::drops));
    rows.add(row("books balance", columns, DemoTable::yesNo));
    rows.add(row("payload MB", columns, DemoTable::megabytes));
    rows.add(row("frames/s", columns, end -> fixed(end.get("fps"))));
    rows.add(row("Mbit/s", columns, DemoTable::megabits));
    if (receivers.stream().anyMatch(end -> end.get("returned") != null)) {
      rows.add(row("answers with data or a frame", columns, DemoTable::returned));
    }
    for (String key : List.of("p50", "p99", "max")) {
      rows.add(row("ms to answer / of age, " + key, columns, end -> fixed(latency(end, key))));
    }
    List<String> titles = new ArrayList<>(List.of(""));
    columns.forEach(column -> titles.add(column.title()));
    return new Table(titles, rows);
  }

  private record Column(String title, Map<?, ?> end) {}

  private static List<Column> columns(String role, List<Map<?, ?>> ends) {
    return IntStream.range(0, ends.size())
        .mapToObj(
            end -> new Column(ends.size() == 1 ? role : role + " " + (end + 1), ends.get(end)))
        .toList();
  }

  private static List<String> row(
      String label, List<Column> columns, Function<Map<?, ?>, String> value) {
    List<String> row = new ArrayList<>(List.of(label));
    columns.forEach(column -> row.add(value.apply(column.end())));
    return row;
  }

  private static String drops(Map<?, ?> end) {
    return end.get("dropped") instanceof Map<?, ?> drops && !drops.isEmpty()
        ? drops.toString()
        : "0";
  }

  /** A sender counts what came back, a receiver what it gave. */
  private static String returned(Map<?, ?> end) {
    double count =
        end.get("returned") instanceof Number given
            ? number(given)
            : number(end.get("returned_messages")) + number(end.get("returned_frames"));
    return String.valueOf((long) count);
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
