package io.netgear.transport.netty;

/**
 * Whether a peer gets on with a message that it began. One that sends it drop by drop would keep
 * the memory that was reserved for it, for as long as it likes. Belongs to the event loop.
 */
final class Progress {
  /** What must have come of a message that began, or its end, within {@link #MOST_TURNS} turns. */
  static final int LEAST_BYTES = 16 << 10;

  /** Turns without that. */
  static final int MOST_TURNS = 3;

  private long messages = -1;
  private long bytes;
  private int turns;

  /**
   * Looks once more, at times that are evenly apart.
   *
   * @param within whether a message has begun that has not ended
   * @param messages how many have ended so far
   * @param bytes how many bytes have come so far
   * @return whether the one that began comes too slowly
   */
  boolean isTooSlow(boolean within, long messages, long bytes) {
    if (!within || messages != this.messages || bytes - this.bytes >= LEAST_BYTES) {
      this.messages = messages;
      this.bytes = bytes;
      turns = 0;
      return false;
    }
    turns++;
    return turns > MOST_TURNS;
  }
}
