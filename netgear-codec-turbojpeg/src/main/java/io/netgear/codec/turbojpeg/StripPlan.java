package io.netgear.codec.turbojpeg;

/**
 * How a picture is cut into strips: whole rows of MCUs, the same number in each but the last, so
 * that one restart interval fits all.
 *
 * @param count strips; 1 means that the picture stays whole
 * @param rows pixel rows of each strip but the last
 * @param lastRows pixel rows of the last
 * @param restartInterval MCUs of each strip but the last
 */
record StripPlan(int count, int rows, int lastRows, int restartInterval) {
  /** What a DRI segment can say. */
  private static final int LONGEST_INTERVAL = 0xFFFF;

  /**
   * Cuts into about {@code wanted} strips: fewer when there are not as many rows of MCUs, more when
   * an interval would be too long.
   */
  static StripPlan of(int width, int height, int mcuWidth, int mcuHeight, int wanted) {
    int perRow = ceil(width, mcuWidth);
    int mcuRows = ceil(height, mcuHeight);
    int rows = Math.min(ceil(mcuRows, Math.max(1, wanted)), LONGEST_INTERVAL / perRow);
    int count = ceil(mcuRows, rows);
    if (wanted <= 1 || count == 1) {
      return new StripPlan(1, height, height, 0);
    }
    int lastRows = height - (count - 1) * rows * mcuHeight;
    return new StripPlan(count, rows * mcuHeight, lastRows, rows * perRow);
  }

  int rows(int strip) {
    return strip < count - 1 ? rows : lastRows;
  }

  private static int ceil(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }
}
