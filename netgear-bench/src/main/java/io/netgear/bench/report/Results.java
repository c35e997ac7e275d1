package io.netgear.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A run.
 *
 * @param started when
 * @param seconds how long it took
 * @param machine what it ran on, for people, in the order in which it is shown
 * @param settings what was measured with, likewise
 * @param leftOut rivals that could not be measured, and why
 * @param questions in the order in which they were asked
 */
public record Results(
    Instant started,
    double seconds,
    Map<String, String> machine,
    Map<String, String> settings,
    Map<String, String> leftOut,
    List<Question> questions) {
  /** Keeps a copy of the list. */
  public Results {
    questions = List.copyOf(questions);
  }
}
