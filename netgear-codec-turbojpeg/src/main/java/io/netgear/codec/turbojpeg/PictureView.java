package io.netgear.codec.turbojpeg;

import io.netgear.CodecException;
import io.netgear.spi.View;

/**
 * What is wanted of one JPEG, in pixels of the scaled picture. Reused from frame to frame.
 *
 * <p>A part is as many scaled pixels as hold one that was asked for.
 */
final class PictureView {
  private final View view;
  private int left;
  private int top;
  private int width;
  private int height;

  PictureView(View view) {
    this.view = view;
  }

  /**
   * For a picture of {@code fullWidth} x {@code fullHeight}.
   *
   * @throws CodecException if the part lies outside of it
   */
  void of(int fullWidth, int fullHeight) {
    if (!view.isPart()) {
      left = 0;
      top = 0;
      width = scaled(fullWidth);
      height = scaled(fullHeight);
      return;
    }
    if (view.left() >= fullWidth || view.top() >= fullHeight) {
      throw new CodecException(
          "The part that is to be decoded begins at "
              + view.left()
              + ","
              + view.top()
              + ", outside of a picture of "
              + fullWidth
              + "x"
              + fullHeight
              + " pixels: ask for another part, or for the whole.");
    }
    left = view.left() / view.scale();
    top = view.top() / view.scale();
    width = scaled(Math.min(fullWidth, view.left() + view.width())) - left;
    height = scaled(Math.min(fullHeight, view.top() + view.height())) - top;
  }

  /** How many pixels so many become. */
  int scaled(int size) {
    return (size + view.scale() - 1) / view.scale();
  }

  boolean isPart() {
    return view.isPart();
  }

  boolean gray() {
    return view.gray();
  }

  int scale() {
    return view.scale();
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }
}
