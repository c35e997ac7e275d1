package io.netgear.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was asked, and the answers.
 *
 * @param id a short word for files and links
 * @param title the question
 * @param about how it was measured, in a sentence or two
 * @param rows the first is a baseline
 */
public record Question(String id, String title, String about, List<Row> rows) {
  /** Keeps a copy of the rows. */
  public Question {
    rows = List.copyOf(rows);
  }

  /** The ratios in a line. */
  public String inShort() {
    return rows.stream()
        .filter(row -> !row.isBaseline())
        .map(row -> row.label() + " " + Figures.ratio(row.ratio()))
        .collect(Collectors.joining(", "));
  }

  /** The labels of the baselines, in a line. */
  public String baselines() {
    return rows.stream().filter(Row::isBaseline).map(Row::label).collect(Collectors.joining("; "));
  }
}
