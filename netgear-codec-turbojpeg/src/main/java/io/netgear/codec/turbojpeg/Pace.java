package io.netgear.codec.turbojpeg;

/**
 * Whether help pays, as the frames of one encoder or decoder have shown: shared ones against those
 * done alone, in nanoseconds a pixel, averaged over the last few.
 *
 * <p>Help pays where a core is idle. Where other programs keep all cores busy, a helper is held up
 * in the middle of its part and the frame with it; the system does not tell, so it is measured, and
 * measured again every now and then; at once where a frame shows that things have changed.
 */
final class Pace {
  /** Frames at the beginning that are shared and done alone in turns. */
  static final int TRIALS = 8;

  /** After so many frames one is done in the way that seemed slower. */
  static final int FRAMES_TO_NEXT_TRIAL = 64;

  /** How much the newest frame counts. */
  private static final double NEWEST = 0.3;

  private double sharedNs;
  private double aloneNs;
  private int frames;

  /** Whether the last frame was done in the way that seemed slower, and was faster. */
  private boolean promising;

  /** Whether the next frame is to be shared. To be asked once a frame. */
  boolean sharesNext() {
    int frame = frames;
    frames = frame == Integer.MAX_VALUE ? TRIALS : frame + 1;
    if (frame < TRIALS) {
      return frame % 2 == 0;
    }
    return pays() != (promising || frame % FRAMES_TO_NEXT_TRIAL == 0);
  }

  private boolean pays() {
    return aloneNs == 0 || sharedNs <= aloneNs;
  }

  /** What a frame of {@code pixels} took. */
  void took(boolean shared, long ns, long pixels) {
    double each = (double) ns / pixels;
    promising = frames > TRIALS && shared != pays() && each < (shared ? aloneNs : sharedNs);
    if (shared) {
      sharedNs = average(sharedNs, each);
    } else {
      aloneNs = average(aloneNs, each);
    }
  }

  private static double average(double before, double newest) {
    return before == 0 ? newest : before + NEWEST * (newest - before);
  }
}
