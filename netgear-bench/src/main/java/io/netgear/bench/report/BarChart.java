package io.netgear.bench.report;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The ratios of a question as bars, as SVG. Each bar has its label above it, so that the picture
 * may be as narrow as a phone without the letters becoming small.
 */
final class BarChart {
  /** For a picture that stands alone, and for a page with such pictures in it. */
  static final String STYLE =
      """
      .chart { --ink: #1c2733; --bar: #1668a8; --base: #8a97a5; --line: #c9d1d9; --mark: #b3470d; }
      @media (prefers-color-scheme: dark) {
        .chart { --ink: #e3e9ef; --bar: #5aa9e6; --base: #75828f; --line: #3a444e; --mark: #f0a266; }
      }
      .chart text { fill: var(--ink); font: 13px system-ui, sans-serif; }
      .chart .bar { fill: var(--bar); }
      .chart .base { fill: var(--base); }
      .chart .one { stroke: var(--line); stroke-width: 2; }
      .chart .interval { stroke: var(--mark); stroke-width: 2; }
      """;

  private static final int WIDTH = 420;
  private static final int ROW = 38;
  private static final int TEXT = 16;
  private static final int BAR_HEIGHT = 12;
  private static final int FOOT = 22;

  private final Question question;
  private final double scale;

  BarChart(Question question) {
    this.question = question;
    double longest =
        question.rows().stream()
            .mapToDouble(row -> Math.max(1, Double.isNaN(row.high()) ? row.ratio() : row.high()))
            .max()
            .orElse(1);
    scale = (WIDTH - 8) / longest;
  }

  /** As an element of a page that has {@link #STYLE}. */
  String inline() {
    return svg("", "");
  }

  /** As a file. */
  String file() {
    return svg(" xmlns=\"http://www.w3.org/2000/svg\"", "<style>\n" + STYLE + "</style>\n");
  }

  private String svg(String namespace, String style) {
    int height = ROW * question.rows().size() + FOOT;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg%s class=\"chart\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                + " aria-labelledby=\"%s-title %s-text\">%n%s<title id=\"%s-title\">%s</title>%n"
                + "<desc id=\"%s-text\">%s</desc>%n",
            namespace,
            WIDTH,
            height,
            WIDTH,
            height,
            question.id(),
            question.id(),
            style,
            question.id(),
            Markup.escape(question.title()),
            question.id(),
            Markup.escape("Times the baseline's time: " + describe() + ".")));
    for (int i = 0; i < question.rows().size(); i++) {
      append(svg, question.rows().get(i), i * ROW);
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">1 = baseline</text>%n</svg>%n",
            scale,
            height - 5,
            scale > WIDTH / 2.0 ? "end" : "start"));
    return svg.toString();
  }

  private String describe() {
    return question.rows().stream()
        .map(row -> row.label() + " " + Figures.ratio(row.ratio()))
        .collect(Collectors.joining(", "));
  }

  private void append(StringBuilder svg, Row row, int top) {
    int bar = top + TEXT + 3;
    double middle = bar + BAR_HEIGHT / 2.0;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"0\" y=\"%d\">%s</text>%n"
                + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                + "<line class=\"one\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n"
                + "<rect class=\"%s\" x=\"0\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
            top + TEXT - 2,
            Markup.escape(row.label()),
            WIDTH - 4,
            top + TEXT - 2,
            row.isBaseline() ? "1" : Figures.ratio(row.ratio()),
            scale,
            scale,
            bar - 2,
            bar + BAR_HEIGHT + 2,
            row.isBaseline() ? "base" : "bar",
            bar,
            Double.isNaN(row.ratio()) ? 0 : row.ratio() * scale,
            BAR_HEIGHT));
    if (!row.isBaseline() && !Double.isNaN(row.low())) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"interval\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
              row.low() * scale,
              row.high() * scale,
              middle,
              middle));
    }
  }
}
