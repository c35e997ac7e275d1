package io.netgear.spi;

import io.netgear.Receipt;
import java.util.List;

/**
 * A sender's side of a pattern. Called by one thread at a time. It decides how long to wait for
 * what, and when to give up; never sends a frame twice.
 */
public interface SendConversation {
  /**
   * Sends one frame and, where the pattern acknowledges, waits for the answer, in all no longer
   * than the request timeout.
   *
   * @param frame owned by the conversation from now on
   * @param sequence the frame's number; an answer to another one is skipped
   * @return what became of it. {@link Receipt.Status#SENT} is final with a pattern that does not
   *     acknowledge; with one that does it means that the frame is on its way, and {@link #settled}
   *     tells later
   * @throws io.netgear.TransportException if this was one failure too many; the message says how
   *     many and what to do
   */
  Outcome send(Message frame, long sequence);

  /**
   * Whether no frame is of use any more once its {@link #send} has returned: it was answered, or is
   * given up. What a link has not sent of it then may be taken back ({@link Link#takeBack}).
   */
  default boolean awaitsEachFrame() {
    return false;
  }

  /**
   * What became of frames that {@link #send} left on their way, in their order, each told once.
   * Asked after each send, also one that throws, and after {@link #goodbye}, which settles all.
   * Their answers are owned by the caller.
   */
  default List<Outcome> settled() {
    return List.of();
  }

  /**
   * Tells the peer that no more will come, waiting for at most {@code deadline}; never throws for a
   * peer that is gone.
   */
  void goodbye(Deadline deadline);

  /**
   * What became of a frame.
   *
   * @param status the outcome
   * @param answer what the peer said; null when nothing; owned by the caller
   * @param roundTripNanos from handing the frame to the link to the answer; 0 without one
   * @param shares what became of it at each of several receivers, in multi-client mode; their
   *     answers are owned by the caller, and {@code answer} is null then. Else empty
   */
  record Outcome(Receipt.Status status, Answer answer, long roundTripNanos, List<Share> shares) {
    /** Of the one peer. */
    public Outcome(Receipt.Status status, Answer answer, long roundTripNanos) {
      this(status, answer, roundTripNanos, List.of());
    }

    /** Without an answer. */
    public static Outcome of(Receipt.Status status) {
      return new Outcome(status, null, 0);
    }
  }

  /**
   * What became of a frame at one of several receivers.
   *
   * @param port what it calls itself in its answer, else the port of its address
   * @param status the outcome there
   * @param answer what it said; null when nothing; owned by the caller
   * @param roundTripNanos from handing the frame to its link to the answer; 0 without one
   */
  record Share(Object port, Receipt.Status status, Answer answer, long roundTripNanos) {}
}
