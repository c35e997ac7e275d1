package io.netgear.codec.turbojpeg;

import java.util.Arrays;

/**
 * Which strips of a stream's pictures tend to stay as they are from frame to frame, and so are
 * worth remembering. Each strip has a story of its own: a clock may tick in one corner of a screen.
 *
 * <p>Remembering a strip costs a copy, an eighth of what encoding or decoding it costs, and looking
 * whether it is the same costs as much again where it is, next to nothing where it is not. So a
 * strip is remembered while at least one frame in five finds it as it was. One that is not
 * remembered gives a hint when it seems to be as before, to a look at a few of its bytes; where
 * such a hint led nowhere, twice as many frames pass before another is followed, up to 128. A
 * moving scene costs a few looks.
 *
 * <p>Different threads may tell of different strips at once.
 */
final class Stillness {
  /** Frames for which a hint is followed: one and its neighbours, where frames come in pairs. */
  private static final int HOPE = 3;

  /** What a strip found as it was is worth, in changes. */
  private static final int REWARD = 4;

  private static final int MOST = 16;

  private static final int LONGEST_WAIT = 128;

  private int[] score = new int[0];
  private int[] wait = new int[0];
  private int[] nextWait = new int[0];

  /** Forgets everything, for pictures of so many strips. */
  void reset(int strips) {
    if (score.length < strips) {
      score = new int[strips];
      wait = new int[strips];
      nextWait = new int[strips];
    }
    Arrays.fill(score, 0);
    Arrays.fill(wait, 0);
    Arrays.fill(nextWait, 1);
  }

  /** Whether to remember the strip as it is in this frame. */
  boolean remembers(int strip) {
    return score[strip] > 0;
  }

  /** The strip is what is remembered of it. */
  void same(int strip) {
    score[strip] = Math.min(MOST, score[strip] + REWARD);
    nextWait[strip] = 1;
  }

  /** The strip is not what is remembered of it. */
  void changed(int strip) {
    if (score[strip] > 0 && --score[strip] == 0) {
      wait[strip] = nextWait[strip];
      nextWait[strip] = Math.min(LONGEST_WAIT, 2 * nextWait[strip]);
    }
  }

  /** Nothing is remembered of the strip; {@code alike} when it seems to be as before. */
  void seems(int strip, boolean alike) {
    if (wait[strip] > 0) {
      wait[strip]--;
    } else if (alike) {
      score[strip] = Math.max(score[strip], HOPE);
    }
  }
}
