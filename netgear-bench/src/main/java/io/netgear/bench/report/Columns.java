package io.netgear.bench.report;

import java.util.List;

/** The table of a question, ratios first: the same on the terminal, in HTML and in Markdown. */
final class Columns {
  static final List<String> HEADER =
      List.of(
          "",
          "ratio",
          "95 %",
          "by processor",
          "ms a frame",
          "99 % within",
          "heap a frame",
          "JPEG",
          "turns");

  private Columns() {}

  static List<String> of(Row row) {
    return List.of(
        row.label(),
        row.isBaseline() ? "1" : Figures.ratio(row.ratio()),
        Figures.interval(row),
        row.isBaseline() ? "1" : Figures.ratio(row.processorRatio()),
        Figures.millis(row.millis()),
        Figures.millis(row.p99Millis()),
        Figures.bytes(row.heapBytes()),
        Figures.bytes(row.jpegBytes()),
        Integer.toString(row.rounds()));
  }
}
