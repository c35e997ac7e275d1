package io.netgear.internal;

import java.math.BigDecimal;

/** How durations are spelled for people. */
public final class Seconds {
  private Seconds() {}

  /** Such as {@code 0.25 s}: all digits that matter, no others. */
  public static String of(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
  }
}
