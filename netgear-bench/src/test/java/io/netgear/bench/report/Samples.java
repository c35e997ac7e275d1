package io.netgear.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Results that were not measured. */
final class Samples {
  private Samples() {}

  static Row baseline(String label, double millis) {
    return new Row(label, label, 40, 1, 1, 1, millis, 2 * millis, 1, 0, 1234);
  }

  static Row row(String label, double ratio, double low, double high) {
    return new Row(
        label, "ours", 40, ratio, low, high, 5 * ratio, 9 * ratio, ratio, 3e6, Double.NaN);
  }

  static Results results(Row... rows) {
    var question =
        new Question(
            "encode", "How long does <it> take?", "1080p & more, \"fast\".", List.of(rows));
    return new Results(
        Instant.parse("2026-11-23T09:00:00Z"),
        61.5,
        Map.of("processor", "2 x Some <CPU> & Co"),
        Map.of("pictures", "synthetic | pictures"),
        Map.of("OpenCV", "its natives could not be loaded (a \"reason\")."),
        List.of(question));
  }

  static Results results() {
    return results(
        baseline("ours", 5),
        row("theirs", 2.25, 2.2, 2.31),
        new Row("in C", "ours", 40, 0.98, 0.97, 0.99, 4.9, 6, Double.NaN, Double.NaN, Double.NaN));
  }
}
