package io.netgear.bench.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Results as a page for a repository's pages, with the charts beside it as files. */
public final class MarkdownReport {
  private MarkdownReport() {}

  /** The page; {@link #chartName} names its pictures. */
  public static String of(Results results) {
    StringBuilder page = new StringBuilder("# NetGear measured\n\n");
    page.append(
        "A ratio is a time divided by the baseline's, the median of turns taken frame by frame, with"
            + " its 95 % interval.\n\n");
    table(
        page,
        List.of("question", "ratios", "1 is"),
        results.questions().stream()
            .map(question -> List.of(question.title(), question.inShort(), question.baselines()))
            .toList(),
        ":--");
    for (Question question : results.questions()) {
      page.append("\n## ").append(question.title()).append("\n\n");
      page.append(question.about()).append("\n\n");
      page.append("![Ratios: ").append(question.inShort()).append("](");
      page.append(chartName(question)).append(")\n\n");
      table(page, Columns.HEADER, question.rows().stream().map(Columns::of).toList(), "--:");
    }
    list(page, "Machine", results.machine());
    list(page, "Settings", results.settings());
    if (!results.leftOut().isEmpty()) {
      list(page, "Left out", results.leftOut());
    }
    page.append("\nBegun at ").append(results.started()).append(", done in ");
    page.append(Math.round(results.seconds())).append(" s by `netgear bench`.\n");
    return page.toString();
  }

  /** The file of a question's chart. */
  public static String chartName(Question question) {
    return question.id() + ".svg";
  }

  /** What is in that file. */
  public static String chart(Question question) {
    return new BarChart(question).file();
  }

  private static void table(
      StringBuilder page, List<String> header, List<List<String>> rows, String alignment) {
    page.append(Markup.markdownRow(header)).append("|:--|");
    page.append(String.join("|", Collections.nCopies(header.size() - 1, alignment))).append("|\n");
    rows.forEach(row -> page.append(Markup.markdownRow(row)));
  }

  private static void list(StringBuilder page, String title, Map<String, String> entries) {
    page.append("\n## ").append(title).append("\n\n");
    entries.forEach(
        (key, value) -> page.append("- ").append(key).append(": ").append(value).append('\n'));
  }
}
