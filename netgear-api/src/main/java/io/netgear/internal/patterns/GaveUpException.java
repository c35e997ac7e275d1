package io.netgear.internal.patterns;

import io.netgear.Receipt.Status;
import io.netgear.TransportException;
import io.netgear.spi.Dialogue;

/** One failure too many; says what became of the last frame, for the books. */
public final class GaveUpException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final Status status;

  GaveUpException(Status status, String message) {
    super(message);
    this.status = status;
  }

  /**
   * After so many failures in a row: throws if that is more than the retries allow.
   *
   * @param status what the last one was
   */
  static void afterTooMany(Status status, int failures, Dialogue dialogue, String addresses) {
    int allowed = dialogue.conduct().maxRetries();
    if (allowed > 0 && failures >= allowed) {
      throw new GaveUpException(
          status,
          (status == Status.NO_PEER ? "Nobody was reached at " : "No acknowledgement from ")
              + addresses
              + " for "
              + failures
              + (failures == 1 ? " frame (" : " frames in a row (")
              + AcknowledgedSending.seconds(dialogue.conduct().requestTimeoutNs())
              + " each); the sender is closed. Is the receiver running? max_retries sets how many are tolerated.");
    }
  }

  /** What became of the last frame. */
  public Status status() {
    return status;
  }
}
