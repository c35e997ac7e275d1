package io.netgear.bench.report;

import java.util.List;

/** Text in HTML, SVG and Markdown. */
final class Markup {
  private Markup() {}

  /** So that it stands for itself in elements and in quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String markdownRow(List<String> cells) {
    return "| " + String.join(" | ", cells.stream().map(Markup::cell).toList()) + " |\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
