package io.netgear.bench;

import io.netgear.bench.report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sides that take turns and become the rows of a report; the first is what they are held against.
 */
final class Contest implements AutoCloseable {
  private record Entry(String label, Rounds.Side side, double pixels, double jpegBytes) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Runnable> closing = new ArrayList<>();

  /** Adds who encodes or decodes frames of the same number of pixels as the others. */
  void add(String label, Rounds.Side side, double jpegBytes) {
    add(label, side, 1, jpegBytes);
  }

  /** Adds one whose ratio is told for a pixel. */
  void add(String label, Rounds.Side side, double pixels, double jpegBytes) {
    entries.add(new Entry(label, side, pixels, jpegBytes));
  }

  /** Does this at the end, the last first. */
  void closing(Runnable close) {
    closing.add(0, close);
  }

  /** Lets them run. */
  List<Row> rows(Rounds.Budget budget) throws IOException {
    List<Rounds.Series> series = Rounds.run(entries.stream().map(Entry::side).toList(), budget);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      rows.add(row(entries.get(i), series.get(i), series.get(0)));
    }
    return rows;
  }

  private Row row(Entry entry, Rounds.Series own, Rounds.Series against) {
    Times clock = own.clockAgainst(against);
    double pixels = entries.get(0).pixels() / entry.pixels();
    return new Row(
        entry.label(),
        entries.get(0).label(),
        own.count(),
        clock.ratio() * pixels,
        clock.lowRatio() * pixels,
        clock.highRatio() * pixels,
        own.clockMillis(0.5),
        own.clockMillis(0.99),
        own.processorAgainst(against).ratio() * pixels,
        own.heapBytes(),
        entry.jpegBytes());
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
