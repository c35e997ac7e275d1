package io.netgear;

/**
 * The byte order of one pixel in memory, 8 bits a channel, under the names that the Python peer and
 * libjpeg-turbo use.
 *
 * <p>{@code X} is a filler byte, {@code A} an alpha byte; neither survives JPEG and both come out
 * of a decoder as 255.
 */
public enum PixelFormat {
  /** Red, green, blue. */
  RGB(3),
  /** Blue, green, red: what OpenCV and JavaCV hand out. */
  BGR(3),
  /** Red, green, blue, filler. */
  RGBX(4),
  /** Blue, green, red, filler. */
  BGRX(4),
  /** Filler, blue, green, red. */
  XBGR(4),
  /** Filler, red, green, blue. */
  XRGB(4),
  /** Luma alone, one byte; a two-dimensional array on the wire. */
  GRAY(1),
  /** Red, green, blue, alpha. */
  RGBA(4),
  /** Blue, green, red, alpha. */
  BGRA(4),
  /** Alpha, blue, green, red. */
  ABGR(4),
  /** Alpha, red, green, blue. */
  ARGB(4),
  /** Cyan, magenta, yellow, black. */
  CMYK(4);

  private final int bytesPerPixel;

  PixelFormat(int bytesPerPixel) {
    this.bytesPerPixel = bytesPerPixel;
  }

  /** Bytes from one pixel to the next in a row: 1, 3 or 4. */
  public int bytesPerPixel() {
    return bytesPerPixel;
  }

  /**
   * The format that an array of {@code channels} bytes a pixel has when nothing else says so, by
   * OpenCV's habit: 1 is {@link #GRAY}, 3 {@link #BGR}, 4 {@link #BGRA}.
   *
   * @return null for any other number
   */
  public static PixelFormat ofChannels(int channels) {
    return switch (channels) {
      case 1 -> GRAY;
      case 3 -> BGR;
      case 4 -> BGRA;
      default -> null;
    };
  }
}
