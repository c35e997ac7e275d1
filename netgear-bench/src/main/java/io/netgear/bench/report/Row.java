package io.netgear.bench.report;

/**
 * One who was measured. What was not, or cannot be, is not a number.
 *
 * @param label who, unique in its question
 * @param against the label of the row that it is compared with; its own where it is that row
 * @param rounds frames that count
 * @param ratio of its time to that of {@code against}, the median round by round
 * @param low lower end of the ratio's 95 % interval
 * @param high upper end
 * @param millis the median of the time for a frame, by the clock
 * @param p99Millis what 99 of 100 frames do not exceed
 * @param processorRatio the same ratio by processor time, of all threads
 * @param heapBytes Java heap for a frame, of all threads
 * @param jpegBytes length of the first JPEG
 */
public record Row(
    String label,
    String against,
    int rounds,
    double ratio,
    double low,
    double high,
    double millis,
    double p99Millis,
    double processorRatio,
    double heapBytes,
    double jpegBytes) {
  /** Whether the others are compared with it. */
  public boolean isBaseline() {
    return label.equals(against);
  }
}
