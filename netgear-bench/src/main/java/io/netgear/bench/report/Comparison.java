package io.netgear.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Two runs side by side. Ratios compare even between machines, since each was taken in one run; by
 * how much times differ says something on the same quiet machine only.
 */
public final class Comparison {
  private static final List<String> HEADER =
      List.of("", "ratio A", "ratio B", "B to A", "", "ms A", "ms B", "B to A");

  private final Results first;
  private final Results second;

  /** Of A and B. */
  public Comparison(Results first, Results second) {
    this.first = first;
    this.second = second;
  }

  /** All that both have asked, what only one has, and where machines or settings differ. */
  public void print(PrintStream out) {
    for (Question question : first.questions()) {
      Optional<Question> same =
          second.questions().stream().filter(one -> one.id().equals(question.id())).findFirst();
      if (same.isPresent()) {
        print(out, question, same.get());
      } else {
        out.printf("%n%s: asked in A alone%n", question.title());
      }
    }
    second.questions().stream()
        .filter(one -> first.questions().stream().noneMatch(two -> two.id().equals(one.id())))
        .forEach(one -> out.printf("%n%s: asked in B alone%n", one.title()));
    List<String> differences = differences();
    if (!differences.isEmpty()) {
      out.printf("%nWhat differs besides:%n");
      differences.forEach(out::println);
    }
    out.flush();
  }

  private static void print(PrintStream out, Question question, Question other) {
    out.printf("%n%s%n", question.title());
    TextTable table = new TextTable(HEADER);
    for (Row row : question.rows()) {
      other.rows().stream()
          .filter(one -> one.label().equals(row.label()))
          .findFirst()
          .ifPresentOrElse(
              one -> table.add(compare(row, one)), () -> table.add(missing(row, "not in B")));
    }
    other.rows().stream()
        .filter(one -> question.rows().stream().noneMatch(two -> two.label().equals(one.label())))
        .forEach(one -> table.add(missing(one, "not in A")));
    table.print(out);
  }

  private static List<String> missing(Row row, String where) {
    return List.of(row.label(), "", "", "", where, "", "", "");
  }

  private static List<String> compare(Row first, Row second) {
    return List.of(
        first.label(),
        first.isBaseline() ? "1" : Figures.ratio(first.ratio()),
        second.isBaseline() ? "1" : Figures.ratio(second.ratio()),
        first.isBaseline() ? "" : Figures.ratio(second.ratio() / first.ratio()),
        verdict(first, second),
        Figures.millis(first.millis()),
        Figures.millis(second.millis()),
        Figures.ratio(second.millis() / first.millis()));
  }

  /** Only intervals that do not touch say that something changed. */
  private static String verdict(Row first, Row second) {
    if (first.isBaseline() || !first.against().equals(second.against())) {
      return "";
    }
    if (second.high() < first.low()) {
      return "faster";
    }
    return second.low() > first.high() ? "slower" : "same";
  }

  private List<String> differences() {
    List<String> lines = new ArrayList<>();
    differences(lines, first.machine(), second.machine());
    differences(lines, first.settings(), second.settings());
    return lines;
  }

  private static void differences(
      List<String> lines, Map<String, String> first, Map<String, String> second) {
    Set<String> keys = new LinkedHashSet<>(first.keySet());
    keys.addAll(second.keySet());
    for (String key : keys) {
      if (!Objects.equals(first.get(key), second.get(key))) {
        lines.add(
            key
                + ": "
                + first.getOrDefault(key, "-")
                + " in A, "
                + second.getOrDefault(key, "-")
                + " in B");
      }
    }
  }
}
