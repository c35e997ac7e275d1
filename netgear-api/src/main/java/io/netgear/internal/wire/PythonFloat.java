package io.netgear.internal.wire;

import java.math.BigDecimal;
import java.math.MathContext;
import tools.jackson.core.io.NumberOutput;

/**
 * Spells floating-point numbers as Python's {@code repr(float)} does: {@code 1.0}, {@code 1e-05},
 * {@code 1e+16}, {@code NaN}.
 */
final class PythonFloat {
  private static final MathContext ONE_DIGIT = new MathContext(1);
  // Up to here one digit can be enough, while Java's shortest form always has two.
  private static final double SPARSE = 1e-321;

  private PythonFloat() {}

  /** The text of {@code value}: as few digits as tell it from its neighbours. */
  static String text(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return 1 / value > 0 ? "0.0" : "-0.0";
    }
    return layOut(shortest(value));
  }

  /**
   * The text of {@code value}: as few digits as tell it from its neighbours of single precision.
   */
  static String text(float value) {
    return text(
        Float.isFinite(value) ? Double.parseDouble(NumberOutput.toString(value, true)) : value);
  }

  private static BigDecimal shortest(double value) {
    if (Math.abs(value) < SPARSE) {
      BigDecimal oneDigit = new BigDecimal(value).round(ONE_DIGIT);
      if (oneDigit.doubleValue() == value) {
        return oneDigit;
      }
    }
    return new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
  }

  private static String layOut(BigDecimal decimal) {
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    StringBuilder text = new StringBuilder(26);
    if (decimal.signum() < 0) {
      text.append('-');
    }
    if (exponent < -4 || exponent >= 16) {
      text.append(digits.charAt(0));
      if (digits.length() > 1) {
        text.append('.').append(digits, 1, digits.length());
      }
      text.append('e').append(exponent < 0 ? '-' : '+');
      return text.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent)).toString();
    }
    if (exponent < 0) {
      return text.append("0.").append("0".repeat(-exponent - 1)).append(digits).toString();
    }
    int whole = exponent + 1;
    if (digits.length() <= whole) {
      return text.append(digits)
          .append("0".repeat(whole - digits.length()))
          .append(".0")
          .toString();
    }
    return text.append(digits, 0, whole)
        .append('.')
        .append(digits, whole, digits.length())
        .toString();
  }
}
