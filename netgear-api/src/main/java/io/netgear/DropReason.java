package io.netgear;

/**
 * Why a frame that was offered, or had arrived, was not handed to an application. Each is a line in
 * the books of {@link Stats}.
 */
public enum DropReason {
  /** Sender: nobody was connected before the time ran out. */
  NO_PEER,
  /**
   * Sender: handed to the network, but no acknowledgement came in time; the peer may or may not
   * have had it.
   */
  NOT_ACKNOWLEDGED,
  /**
   * Sender: the transport's queue was full; in publish-subscribe also when nobody has subscribed,
   * which is no fault there.
   */
  QUEUE_FULL,
  /**
   * Either: the codec or the memory limit refused the frame, or the reply to it could not be made;
   * {@code send} or {@code recv} threw.
   */
  REFUSED,
  /** Receiver: a newer frame took its place. */
  REPLACED,
  /**
   * Receiver: older than the application's maximum age, or than a frame of the same sender that had
   * arrived before it.
   */
  TOO_OLD,
  /** Receiver: its payload could not be decoded; {@code recv} went on to the next. */
  UNDECODABLE,
  /** Either: it was still waiting when this end was closed. */
  CLOSED
}
