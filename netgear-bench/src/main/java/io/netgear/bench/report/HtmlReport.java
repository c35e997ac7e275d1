package io.netgear.bench.report;

import java.util.List;
import java.util.Map;

/**
 * Results as one page that needs nothing else: no script, style, font or picture from elsewhere.
 * Well-formed as XML too.
 */
public final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2733; --paper: #fff; --line: #c9d1d9; --soft: #5a6672; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e3e9ef; --paper: #14191f; --line: #3a444e; --soft: #a3aeb9; }
      }
      body { margin: 0 auto; padding: 1rem; max-width: 62rem; color: var(--ink); background: var(--paper);
        font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
      p, dd { max-width: 45rem; } .about { color: var(--soft); }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      caption { text-align: left; color: var(--soft); padding: .3rem 0; }
      th, td { padding: .25rem .5rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
      td { white-space: nowrap; } td.text { white-space: normal; }
      .words th, .words td, th:first-child { text-align: left; } tbody th { font-weight: normal; min-width: 8rem; }
      dl { display: grid; grid-template-columns: minmax(5rem, auto) 1fr; gap: .2rem 1rem; }
      dt { color: var(--soft); } dd { margin: 0; }
      svg.chart { display: block; width: 100%; max-width: 560px; height: auto; margin: .5rem 0 1rem; }
      """;

  private final StringBuilder page = new StringBuilder();

  private HtmlReport() {}

  /** The whole page. */
  public static String of(Results results) {
    HtmlReport report = new HtmlReport();
    report.append(results);
    return report.page.toString();
  }

  private void append(Results results) {
    page.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>NetGear measured</title>
        <style>
        """);
    page.append(STYLE).append(BarChart.STYLE).append("</style>\n</head>\n<body>\n<main>\n");
    element("h1", "NetGear measured");
    element(
        "p",
        "A ratio is a time divided by the baseline's: 0.5 is half the time, 2 is twice. All rows of a"
            + " question with the same baseline took turns, frame by frame, so that what else the"
            + " machine did meets all of them; the ratio is the median of the turns, with its 95 %"
            + " interval.");
    String where =
        String.join(
            "; ",
            results.machine().getOrDefault("processor", "?"),
            "Java " + results.machine().getOrDefault("Java", "?"),
            results.settings().getOrDefault("pictures", "?"));
    page.append("<p class=\"about\">").append(Markup.escape(where)).append("</p>\n");
    element("h2", "In short");
    table(
        "Ratios by question",
        List.of("question", "ratios", "1 is"),
        results.questions().stream()
            .map(question -> List.of(question.title(), question.inShort(), question.baselines()))
            .toList(),
        true);
    results.questions().forEach(this::append);
    element("h2", "Machine");
    list(results.machine());
    element("h2", "Settings");
    list(results.settings());
    if (!results.leftOut().isEmpty()) {
      element("h2", "Left out");
      list(results.leftOut());
    }
    element(
        "p",
        "Begun at "
            + results.started()
            + ", done in "
            + Math.round(results.seconds())
            + " s by netgear bench. The figures are in "
            + ResultsFile.NAME
            + "; netgear bench --compare A B compares two runs.");
    page.append("</main>\n</body>\n</html>\n");
  }

  private void append(Question question) {
    page.append("<section id=\"").append(question.id()).append("\">\n");
    element("h2", question.title());
    page.append("<p class=\"about\">").append(Markup.escape(question.about())).append("</p>\n");
    page.append(new BarChart(withIds(question)).inline());
    table(
        "1 is " + question.baselines(),
        Columns.HEADER,
        question.rows().stream().map(Columns::of).toList(),
        false);
    page.append("</section>\n");
  }

  /** The section has the plain one. */
  private static Question withIds(Question question) {
    return new Question(
        "chart-" + question.id(), question.title(), question.about(), question.rows());
  }

  private void element(String name, String text) {
    page.append('<').append(name).append('>').append(Markup.escape(text));
    page.append("</").append(name).append(">\n");
  }

  private void list(Map<String, String> entries) {
    page.append("<dl>\n");
    entries.forEach(
        (key, value) -> {
          element("dt", key);
          element("dd", value);
        });
    page.append("</dl>\n");
  }

  /** A region that can be scrolled sideways, by keyboard too. */
  private void table(String caption, List<String> header, List<List<String>> rows, boolean text) {
    page.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .append(Markup.escape(caption))
        .append("\">\n")
        .append(text ? "<table class=\"words\">\n" : "<table>\n");
    element("caption", caption);
    page.append("<thead><tr>");
    header.forEach(cell -> page.append(headerCell("col", cell.isEmpty() ? "who" : cell)));
    page.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      page.append("<tr>").append(headerCell("row", row.get(0)));
      row.stream()
          .skip(1)
          .forEach(
              cell ->
                  page.append(text ? "<td class=\"text\">" : "<td>")
                      .append(Markup.escape(cell))
                      .append("</td>"));
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table>\n</div>\n");
  }

  private static String headerCell(String scope, String text) {
    return "<th scope=\"" + scope + "\">" + Markup.escape(text) + "</th>";
  }
}
