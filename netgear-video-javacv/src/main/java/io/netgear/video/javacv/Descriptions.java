package io.netgear.video.javacv;

import io.netgear.FrameFormat;
import java.util.Locale;
import java.util.OptionalDouble;

/** How sources are spoken of. */
final class Descriptions {
  private Descriptions() {}

  static String of(String name, FrameFormat format, OptionalDouble rate) {
    String size = name + ", " + format.width() + "x" + format.height();
    return rate.isEmpty() ? size : size + " at " + number(rate.getAsDouble()) + " frames/s";
  }

  static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
  }

  /** An address without the user's name and password. */
  static String withoutPassword(String url) {
    return url.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)[^/@]*@", "$1***@");
  }
}
