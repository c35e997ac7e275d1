package io.netgear.video.javacv;

import io.netgear.PixelFormat;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where the channels of a pixel lie, in bytes from its start; {@code fourth} is filler or alpha, -1
 * where there is none. GRAY has its one byte for all three colours. CMYK has no such layout.
 */
record PixelLayout(int red, int green, int blue, int fourth) {
  private static final Map<PixelFormat, PixelLayout> BY_FORMAT = new EnumMap<>(PixelFormat.class);

  static {
    for (PixelFormat format : PixelFormat.values()) {
      if (format != PixelFormat.CMYK) {
        BY_FORMAT.put(format, layout(format));
      }
    }
  }

  private static PixelLayout layout(PixelFormat format) {
    if (format == PixelFormat.GRAY) {
      return new PixelLayout(0, 0, 0, -1);
    }
    String name = format.name();
    return new PixelLayout(
        name.indexOf('R'),
        name.indexOf('G'),
        name.indexOf('B'),
        Math.max(name.indexOf('A'), name.indexOf('X')));
  }

  /** Null for CMYK. */
  static PixelLayout of(PixelFormat format) {
    return BY_FORMAT.get(format);
  }

  static boolean hasAlpha(PixelFormat format) {
    return switch (format) {
      case RGBA, BGRA, ABGR, ARGB -> true;
      default -> false;
    };
  }
}
