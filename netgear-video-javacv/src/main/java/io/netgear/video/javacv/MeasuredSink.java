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
  private static final int MEASURED = 30;
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final double UNKNOWN = 25;

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
    if (held.size() == MEASURED || (held.size() > 4 && span().compareTo(LONGEST) >= 0)) {
      release();
    }
  }

  private Duration span() {
    return Duration.between(held.get(0).at(), held.get(held.size() - 1).at());
  }

  private void release() {
    // the first frames of a connection are slower than those that follow
    List<Held> settled = held.subList(held.size() / 2, held.size());
    sink =
        opener.apply(rate((settled.size() > 2 ? settled : held).stream().map(Held::at).toList()));
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
    return Rates.usual(measured);
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
