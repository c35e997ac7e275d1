package io.netgear.spi;

import io.netgear.Peer;
import io.netgear.StreamEnd;

/** Where a {@link ReceiveConversation} puts what arrives. Called by the receive thread alone. */
public interface Inbox {
  /**
   * Takes a slot for one frame, waiting for it where the queue holds back. A frame is acknowledged
   * only with its slot taken.
   *
   * @return false when there was none until the deadline, or when the receiver was closed
   */
  boolean reserve(Deadline deadline);

  /**
   * Puts a frame into the slot that {@link #reserve} took; owns its payload.
   *
   * @param receivedMicros when it had arrived, on this machine's clock
   * @return where the application's answer will be, in bidirectional mode; otherwise an answer that
   *     is there at once
   */
  PendingAnswer put(Incoming.FrameArrived frame, Peer peer, long receivedMicros);

  /** The stream is over: no more messages will be served. The first call counts. */
  void end(StreamEnd end);

  /** The application's answer to one frame, still to come. */
  interface PendingAnswer {
    /**
     * Waits for the application to answer, or to let the frame go unanswered.
     *
     * @return false at the deadline, and when the receiver was closed
     */
    boolean await(Deadline deadline);

    /**
     * After {@link #await} said true: the answer, spelled and owned by the caller, once; null when
     * the application has nothing to return, so that a plain acknowledgement is due.
     */
    Message message();
  }
}
