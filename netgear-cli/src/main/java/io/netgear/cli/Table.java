package io.netgear.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

/** Columns of text, each as wide as what is in it. The first row is its header. */
record Table(List<String> header, List<List<String>> rows) {
  void print(PrintStream out) {
    int[] widths =
        IntStream.range(0, header.size())
            .map(
                column ->
                    Math.max(
                        header.get(column).length(),
                        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)))
            .toArray();
    printRow(out, header, widths);
    rows.forEach(row -> printRow(out, row, widths));
  }

  private static void printRow(PrintStream out, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(row.get(column))
          .append(" ".repeat(widths[column] - row.get(column).length() + 2));
    }
    out.println(line.toString().stripTrailing());
  }
}
