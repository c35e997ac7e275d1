package io.netgear;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one frame.
 *
 * @param status the outcome
 * @param sequence the number that the frame carried, from 0; drops have one too
 * @param encodedBytes bytes of its payload
 * @param roundTrip from handing it to the link until the answer; zero when there was none
 * @param data what the receiver returned in bidirectional mode: a JSON value; empty for none and
 *     for a frame
 * @param frame the frame that the receiver returned in bidirectional mode. <b>Its pixels are valid
 *     until the next {@code send} or {@code close} of this sender</b>: use {@link Frame#copy} to
 *     keep it
 * @param peerPort the port that the answering peer calls itself by (multi-client mode); empty
 *     otherwise
 * @param receivers in multi-client mode with a pattern that acknowledges: each receiver that was
 *     sent this frame or, with {@code broadcast()}, was to be sent it, and what became of it there;
 *     empty otherwise
 */
public record Receipt(
    Status status,
    long sequence,
    int encodedBytes,
    Duration roundTrip,
    Optional<Object> data,
    Optional<Frame> frame,
    Optional<String> peerPort,
    List<Share> receivers) {
  /** Copies the list. */
  public Receipt {
    receivers = List.copyOf(receivers);
  }

  /**
   * What became of a frame at one of several receivers.
   *
   * @param port the port that it calls itself by; until it has answered, that of its address
   * @param status the outcome there
   * @param roundTrip from handing it to the link until the answer; zero when there was none
   * @param data as {@link Receipt#data}
   * @param frame as {@link Receipt#frame}: valid until the next {@code send} or {@code close}
   */
  public record Share(
      String port,
      Status status,
      Duration roundTrip,
      Optional<Object> data,
      Optional<Frame> frame) {}

  /** The possible outcomes of a send. */
  public enum Status {
    /** The receiver has it in its queue. */
    ACKNOWLEDGED,
    /** Handed to the network; this pattern does not acknowledge. */
    SENT,
    /**
     * Dropped because the transport's queue was full, or, in publish-subscribe, because nobody has
     * subscribed.
     */
    DROPPED,
    /** Dropped because nobody was connected. */
    NO_PEER,
    /** No acknowledgement came in time. */
    TIMED_OUT,
    /** The sender was closed meanwhile. */
    CLOSED
  }

  /** The ports of those that acknowledged this frame, in multi-client mode; else empty. */
  public List<String> acknowledgedBy() {
    return receivers.stream()
        .filter(share -> share.status() == Status.ACKNOWLEDGED)
        .map(Share::port)
        .toList();
  }

  /** Whether the frame is on its way or there: {@code ACKNOWLEDGED} or {@code SENT}. */
  public boolean delivered() {
    return status == Status.ACKNOWLEDGED || status == Status.SENT;
  }
}
