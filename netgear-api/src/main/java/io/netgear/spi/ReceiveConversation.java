package io.netgear.spi;

/**
 * A receiver's side of a pattern. Owned by the receive thread, which calls {@link #serve} in a
 * loop.
 */
public interface ReceiveConversation {
  /**
   * Waits for one message and does what the pattern says: reads it, takes a slot, queues it,
   * answers. A bad message is counted, answered where the pattern needs it, and skipped. When the
   * stream is over, tells the inbox.
   *
   * @param deadline until when to wait for a message; work on one that came may take longer where
   *     the queue holds back
   * @return whether to go on: false once the stream is over
   */
  boolean serve(Deadline deadline);
}
