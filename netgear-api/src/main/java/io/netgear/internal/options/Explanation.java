package io.netgear.internal.options;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects every option in force with its value and where that comes from, and prints them in
 * columns.
 */
final class Explanation {
  private record Line(String option, String value, String origin) {}

  private final List<Line> lines = new ArrayList<>();

  /** One option in force. */
  void add(Option option, Object value, String origin) {
    lines.add(new Line(option.key(), String.valueOf(value), origin));
  }

  /** One line an option: name, value, origin in brackets. */
  @Override
  public String toString() {
    int names = lines.stream().mapToInt(line -> line.option().length()).max().orElse(0);
    int values =
        lines.stream()
            .mapToInt(line -> line.value().length())
            .filter(length -> length <= 40)
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(pad(line.option(), names)).append(" = ");
      text.append(pad(line.value(), values)).append("  (").append(line.origin()).append(")\n");
    }
    return text.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
