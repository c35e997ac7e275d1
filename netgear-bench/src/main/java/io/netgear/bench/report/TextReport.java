package io.netgear.bench.report;

import java.io.PrintStream;

/** Results on the terminal. */
public final class TextReport {
  private final PrintStream out;

  /** To {@code out}. */
  public TextReport(PrintStream out) {
    this.out = out;
  }

  /** One question, as soon as it is answered. */
  public void print(Question question) {
    out.println();
    out.println(question.title());
    TextTable table = new TextTable(Columns.HEADER);
    question.rows().forEach(row -> table.add(Columns.of(row)));
    table.print(out);
    out.flush();
  }
}
