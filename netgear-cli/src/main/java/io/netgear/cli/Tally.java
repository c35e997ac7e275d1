package io.netgear.cli;

import io.netgear.FrameFormat;
import io.netgear.Stats;
import java.util.concurrent.TimeUnit;

/** What an end sees of its stream besides the books. For any thread. */
final class Tally {
  private final String role;
  private final ProcessAge age = ProcessAge.now();
  private long frames;
  private long messages;
  private FrameFormat format;
  private Stats books;
  private long firstNanos;
  private long lastNanos;
  private long firstFrameMillis = -1;

  Tally(String role) {
    this.role = role;
  }

  /** Counts a frame that got through. */
  synchronized void frame(FrameFormat itsFormat, boolean withMessage) {
    long now = System.nanoTime();
    if (frames == 0) {
      firstNanos = now;
      firstFrameMillis = age.millis();
    }
    lastNanos = now;
    format = itsFormat;
    messages += withMessage ? 1 : 0;
    frames++;
  }

  /** The final books. */
  synchronized void close(Stats stats) {
    books = stats;
  }

  String role() {
    return role;
  }

  synchronized long frames() {
    return frames;
  }

  synchronized long messages() {
    return messages;
  }

  synchronized boolean started() {
    return frames > 0;
  }

  /** Since the first frame; 0 before it. */
  synchronized long nanos() {
    return frames == 0 ? 0 : System.nanoTime() - firstNanos;
  }

  /** From the first frame to the last. */
  synchronized double seconds() {
    return (double) (lastNanos - firstNanos) / TimeUnit.SECONDS.toNanos(1);
  }

  /** Of the last frame; null before the first. */
  synchronized FrameFormat format() {
    return format;
  }

  /** Null while the stream goes on. */
  synchronized Stats books() {
    return books;
  }

  /** From the start of the process to the first frame; -1 before that. */
  synchronized long firstFrameMillis() {
    return firstFrameMillis;
  }
}
