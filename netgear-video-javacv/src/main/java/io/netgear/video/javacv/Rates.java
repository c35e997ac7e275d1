package io.netgear.video.javacv;

/** Frame rates, told apart from their measurements. */
final class Rates {
  private static final double[] USUAL = {
    5, 10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240
  };

  private Rates() {}

  /** The usual rate within 3 % of {@code measured}, or else that, at 0.1 to 1000. */
  static double usual(double measured) {
    for (double usual : USUAL) {
      if (Math.abs(measured - usual) < usual * 0.03) {
        return usual;
      }
    }
    return Math.min(1000, Math.max(0.1, Math.rint(measured * 100) / 100));
  }
}
