package io.netgear;

/**
 * What happens on a link, told as it happens. Every method does nothing by default.
 *
 * <p>Called on threads of NetGear or of the transport: return quickly and do not call back into the
 * sender or receiver, except for {@code stats()}. What a listener throws is logged and goes no
 * further. For one link, {@link #connected} comes before {@link #lost} of the same peer; calls for
 * different peers may overlap.
 */
public interface Events {
  /** Listens to nothing. */
  Events NONE = new Events() {};

  /** A peer is there: a connection was established, for the first time or again. */
  default void connected(Peer peer) {}

  /** A peer's connection ended, whoever ended it. */
  default void lost(Peer peer) {}

  /**
   * A receiver said that it is closing: it did not take the frame just sent, and takes no more.
   * Only with patterns that acknowledge, and not from a Python peer.
   */
  default void left(Peer peer) {}

  /** The conversation works again after {@code failures} sends or waits in a row had failed. */
  default void reconnected(int failures) {}

  /** {@code count} frames were dropped. */
  default void dropped(DropReason reason, long count) {}

  /**
   * A peer was turned away: its key, its address or the size of what it sent. The first eight
   * different reasons are logged as warnings too, each once.
   */
  default void refused(Peer peer, String reason) {}

  /**
   * Something works, but not as well or as safely as it could: keys that others can read, say. Told
   * once.
   */
  default void warned(String warning) {}

  /** A message did not follow the wire format and was skipped. */
  default void badMessage(Peer peer, WireFormatException why) {}

  /**
   * In multi-server mode: the sender on {@code port} is not awaited any more, because it said
   * goodbye ({@link StreamEnd#GOODBYE}) or because nothing came from it for as long as the idle
   * limit and the retries allow ({@link StreamEnd#IDLE}). The others go on; the stream ends with
   * the last of them.
   */
  default void senderEnded(String port, StreamEnd how) {}

  /** In multi-server mode: frames come again from the sender on {@code port}, which had ended. */
  default void senderBack(String port) {}

  /**
   * In multi-client mode with a pattern that acknowledges: the receiver on {@code port} is left out
   * until it is back, because its connection ended or it is closing ({@link
   * Receipt.Status#NO_PEER}), or because it did not answer in time ({@link
   * Receipt.Status#TIMED_OUT}). Follows {@link #left}, also for one that was lost already.
   */
  default void receiverLost(String port, Receipt.Status why) {}

  /**
   * In multi-client mode: the receiver on {@code port}, which had been lost, acknowledges again.
   */
  default void receiverBack(String port) {}

  /** The stream ended at this receiver. */
  default void ended(StreamEnd end) {}
}
