package io.netgear.internal.patterns;

import io.netgear.WireFormatException;

/**
 * Tells the goodbye of a sender's earlier life from that of the life whose frames arrive: a
 * connection that was cut off may bring it when its successor has long begun to send. A peer that
 * does not say which life it is in is believed whatever it says. For one thread.
 */
final class Lives {
  /** A sender that was started again with its clock set back is believed after so many frames. */
  private static final int MOST_EARLIER_IN_A_ROW = 16;

  private long latest = -1;
  private int earlierInARow;

  /** A frame of the {@code life} came; -1 for an unknown one. */
  void frame(long life) {
    if (life < latest && ++earlierInARow <= MOST_EARLIER_IN_A_ROW) {
      return;
    }
    latest = life;
    earlierInARow = 0;
  }

  /**
   * A goodbye of the {@code life} came; -1 for an unknown one.
   *
   * @throws WireFormatException if frames of a later life have come already
   */
  void goodbye(long life) {
    if (life >= 0 && life < latest) {
      throw new WireFormatException(
          "The goodbye is of an earlier life of the sender, which was opened "
              + (latest - life) / 1_000
              + " ms before the one whose frames arrive: it came too late and is ignored.");
    }
  }
}
