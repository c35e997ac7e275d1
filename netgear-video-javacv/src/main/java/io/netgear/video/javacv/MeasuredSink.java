package io.netgear.video.javacv;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Holds the first frames back until their times tell the frame rate, which an AVI needs in its
 * first bytes.
 */
final class MeasuredSink implements JpegRecorder.Sink {
  private static final int MEASURED = 10;
  private static final double UNKNOWN = 25;
  private static final double[] USUAL = {
    5, 10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240
  };

  private record Held(ByteBuffer jpeg, Instant at) {}

  private final DoubleFunction<JpegRecorder.Sink> opener;
  private final List<Held> held = new ArrayList<>();
  private JpegRecorder.Sink sink;

  MeasuredSink(DoubleFunction<JpegRecorder.Sink> opener) {
    this.opener = opener;
  }

  @Override
  public void write(ByteBuffer jpeg, Instant at) {
    if (sink != null) {
      sink.write(jpeg, at);
      return;
    }
    JpegSize unused = JpegSize.of(jpeg); // what is refused later must be refused now
    held.add(new Held(ByteBuffer.allocateDirect(jpeg.remaining()).put(jpeg).flip(), at));
    if (held.size() == MEASURED) {
      release();
    }
  }

  private void release() {
    sink = opener.apply(rate(held.stream().map(Held::at).toList()));
    held.forEach(frame -> sink.write(frame.jpeg(), frame.at()));
    held.clear();
  }

  /** From the median of the intervals, so that a pause or a burst among them does not count. */
  static double rate(List<Instant> times) {
    List<Long> intervals = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      intervals.add(Duration.between(times.get(i - 1), times.get(i)).toNanos());
    }
    intervals.removeIf(nanos -> nanos <= 0);
    if (intervals.isEmpty()) {
      return UNKNOWN;
    }
    intervals.sort(null);
    double measured = 1e9 / intervals.get(intervals.size() / 2);
    for (double usual : USUAL) {
      if (Math.abs(measured - usual) < usual * 0.04) {
        return usual;
      }
    }
    return Math.min(1000, Math.max(0.1, Math.rint(measured * 100) / 100));
  }

  @Override
  public void close() {
    if (!held.isEmpty()) {
      release();
    }
    if (sink != null) {
      sink.close();
    }
  }
}
