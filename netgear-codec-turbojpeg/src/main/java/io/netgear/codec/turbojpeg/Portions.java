package io.netgear.codec.turbojpeg;

/**
 * How neighbouring strips or restart intervals are dealt out to threads: many at first, one at a
 * time at the end. Threads that begin at different times, or are slower than others, so end almost
 * together, and there are few parts, each of which costs some 4 microseconds.
 */
final class Portions {
  /** The first portion is this part of a thread's fair share. */
  private static final int FIRST_PART_OF_SHARE = 2;

  private Portions() {}

  /** How many of the {@code left} that are left make the next part. */
  static int next(int left, int threads) {
    if (threads == 1) {
      return left;
    }
    int portions = threads * FIRST_PART_OF_SHARE;
    return Math.max(1, (left + portions - 1) / portions);
  }
}
