package io.netgear.bench;

import io.netgear.FrameFormat;

/** A size as it is written in a parameter, such as {@code 1920x1080}. */
record PictureSize(int width, int height) {
  static PictureSize parse(String text) {
    if (!text.matches("\\d{1,5}x\\d{1,5}")) {
      throw new IllegalArgumentException("The size '" + text + "' is not of the form 1920x1080.");
    }
    String[] sides = text.split("x", 2);
    return new PictureSize(side(sides[0], text), side(sides[1], text));
  }

  private static int side(String digits, String size) {
    int side = Integer.parseInt(digits);
    if (side < 1 || side > FrameFormat.MAX_SIDE) {
      throw new IllegalArgumentException(
          "The sides of a picture are 1 to " + FrameFormat.MAX_SIDE + ", got " + size + ".");
    }
    return side;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
