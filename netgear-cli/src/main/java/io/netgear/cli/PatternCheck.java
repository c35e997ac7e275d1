package io.netgear.cli;

import io.netgear.Frame;
import io.netgear.ReceivedFrame;
import io.netgear.video.javacv.TestPattern;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Compares what arrives with the test pattern: every picture, and their order. */
final class PatternCheck implements FrameSink {
  private static final int HALF = TestPattern.NUMBERS / 2;

  private long checked;
  private long exact;
  private long unrecognised;
  private long missing;
  private long duplicated;
  private long outOfOrder;
  private double psnrMin = Double.POSITIVE_INFINITY;
  private int last = -1;

  @Override
  public void take(ReceivedFrame received) {
    Frame frame = received.frame();
    OptionalInt number =
        frame.format().isPicture() ? TestPattern.number(frame) : OptionalInt.empty();
    if (number.isEmpty()) {
      unrecognised++;
      return;
    }
    follow(number.getAsInt());
    TestPattern.Comparison comparison = TestPattern.compare(frame, number.getAsInt());
    checked++;
    exact += comparison.exact() ? 1 : 0;
    psnrMin = Math.min(psnrMin, comparison.psnr());
  }

  /** Numbers run to 65535 and start again; half of that tells late ones from gaps. */
  void follow(int number) {
    int step = last < 0 ? 1 : Math.floorMod(number - last, TestPattern.NUMBERS);
    if (step == 0) {
      duplicated++;
    } else if (step < HALF) {
      missing += step - 1;
      last = number;
    } else {
      outOfOrder++;
      missing = Math.max(0, missing - 1);
    }
  }

  @Override
  public void describe(Map<String, Object> summary) {
    summary.put("checked", checked);
    summary.put("exact", exact);
    summary.put("psnr_min", Double.isInfinite(psnrMin) ? null : (Object) Summary.rounded(psnrMin));
    summary.put("unrecognised", unrecognised);
    summary.put("missing", missing);
    summary.put("duplicated", duplicated);
    summary.put("out_of_order", outOfOrder);
  }

  /** Whether every frame was a picture of the pattern, in its place. */
  boolean flawless() {
    return unrecognised + missing + duplicated + outOfOrder == 0;
  }

  @Override
  public String sentence() {
    Map<String, Object> counts = new LinkedHashMap<>();
    describe(counts);
    String likeness =
        checked == 0
            ? "none recognised"
            : exact == checked
                ? "all exact"
                : (exact == 0 ? "" : exact + " exact, ")
                    + "PSNR at least "
                    + counts.get("psnr_min")
                    + " dB";
    String order =
        flawless()
            ? "none missing, doubled or out of order"
            : missing
                + " missing, "
                + duplicated
                + " doubled, "
                + outOfOrder
                + " out of order, "
                + unrecognised
                + " not recognised";
    return checked + " frames compared with the test pattern: " + likeness + "; " + order + ".";
  }

  @Override
  public void close() {}
}
