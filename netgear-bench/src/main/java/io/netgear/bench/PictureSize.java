package io.netgear.bench;

/** A size as it is written in a parameter, such as {@code 1920x1080}. */
record PictureSize(int width, int height) {
  static PictureSize parse(String text) {
    String[] sides = text.split("x", 2);
    if (sides.length != 2 || !text.matches("\\d{1,5}x\\d{1,5}")) {
      throw new IllegalArgumentException("The size '" + text + "' is not of the form 1920x1080.");
    }
    return new PictureSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
