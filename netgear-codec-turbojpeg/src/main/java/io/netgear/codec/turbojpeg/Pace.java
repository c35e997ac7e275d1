package io.netgear.codec.turbojpeg;

/**
 * Whether help pays, as the frames of one encoder or decoder have shown: shared ones against those
 * done alone, in nanoseconds a pixel, by the median of the last few of each.
 *
 * <p>Help pays where a core is idle. Where other programs keep all cores busy, a helper is held up
 * in the middle of its part and the frame with it; the system does not tell, so it is measured, and
 * measured again every now and then: soon after help has stopped to pay, for that may have been a
 * hiccup, then more and more rarely; at once where a frame shows that things have changed.
 */
final class Pace {
  /** Frames at the beginning that are shared and done alone in turns. */
  static final int TRIALS = 8;

  /** After so many frames, at most, one is done in the way that seemed slower. */
  static final int FRAMES_TO_NEXT_TRIAL = 64;

  /** After so many where help has just stopped to pay; then twice as many, and so on. */
  static final int FRAMES_TO_FIRST_TRIAL = 4;

  private final Latest shared = new Latest();
  private final Latest alone = new Latest();
  private int frames;
  private int wait = FRAMES_TO_NEXT_TRIAL;
  private int untilTrial = FRAMES_TO_NEXT_TRIAL;

  /** Whether the last frame was done in the way that seemed slower, and was faster. */
  private boolean promising;

  /** Whether the next frame is to be shared. To be asked once a frame. */
  boolean sharesNext() {
    if (frames < TRIALS) {
      return frames++ % 2 == 0;
    }
    if (promising) {
      return !pays();
    }
    untilTrial--;
    if (untilTrial > 0) {
      return pays();
    }
    wait = Math.min(2 * wait, FRAMES_TO_NEXT_TRIAL);
    untilTrial = wait;
    return !pays();
  }

  private boolean pays() {
    return alone.median <= 0 || shared.median <= alone.median;
  }

  /** What a frame of {@code pixels} took; a tiny one of which nothing changed may have none. */
  void took(boolean helped, long ns, long pixels) {
    double each = (double) ns / Math.max(1, pixels);
    boolean paid = pays();
    promising =
        frames == TRIALS && helped != paid && each < (helped ? alone.median : shared.median);
    (helped ? shared : alone).add(each);
    if (paid != pays()) {
      promising = false;
      wait = paid ? FRAMES_TO_FIRST_TRIAL : FRAMES_TO_NEXT_TRIAL;
      untilTrial = wait;
    }
  }

  /** Three slow frames of five make a median, two that were held up do not. */
  private static final class Latest {
    private static final int COUNT = 5;

    private final double[] values = new double[COUNT];
    private final double[] sorted = new double[COUNT];
    private int count;
    private int next;

    /** 0 before the first. */
    double median;

    void add(double value) {
      values[next] = value;
      next = (next + 1) % COUNT;
      count = Math.min(COUNT, count + 1);
      for (int i = 0; i < count; i++) {
        int at = i;
        while (at > 0 && sorted[at - 1] > values[i]) {
          sorted[at] = sorted[at - 1];
          at--;
        }
        sorted[at] = values[i];
      }
      median = sorted[(count - 1) / 2];
    }
  }
}
