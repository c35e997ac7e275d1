package io.netgear.spi;

/**
 * What a decoder is to give of each picture: at a fraction of its size, without its colours, a part
 * of it, or all three. A codec does what its format lets it do for less work than decoding the
 * whole; what it gives, {@link FrameDecoder#probe} says. {@link FrameDecoder#payloadIsPixels()
 * Uncompressed} pictures come whole.
 *
 * @param scale 1, 2, 4 or 8: so many pixels a side become one, at the edges fewer
 * @param gray whether colour pictures come in {@link io.netgear.PixelFormat#GRAY}
 * @param left the part's first column, in pixels of the unscaled picture
 * @param top the part's first row
 * @param width columns of the part, as far as the picture has them; 0 for the whole picture
 * @param height rows of the part; 0 for the whole picture
 */
public record View(int scale, boolean gray, int left, int top, int width, int height) {
  /** All of the picture as it is. */
  public static final View WHOLE = new View(1, false, 0, 0, 0, 0);

  /** Checks them. */
  public View {
    if (scale != 1 && scale != 2 && scale != 4 && scale != 8) {
      throw new IllegalArgumentException("A scale is 1, 2, 4 or 8, got " + scale + ".");
    }
    boolean whole = left == 0 && top == 0 && width == 0 && height == 0;
    boolean part =
        left >= 0
            && top >= 0
            && width >= 1
            && height >= 1
            && left <= Integer.MAX_VALUE - width
            && top <= Integer.MAX_VALUE - height;
    if (!whole && !part) {
      throw new IllegalArgumentException(
          "A part has at least one pixel and begins at 0 or later, got "
              + left
              + ","
              + top
              + ","
              + width
              + "x"
              + height
              + ".");
    }
  }

  /** Whether a part of the picture is wanted. */
  public boolean isPart() {
    return width > 0;
  }
}
