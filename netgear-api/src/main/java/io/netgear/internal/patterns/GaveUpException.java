package io.netgear.internal.patterns;

import io.netgear.Receipt.Status;
import io.netgear.TransportException;
import io.netgear.internal.Seconds;
import io.netgear.spi.Dialogue;

/** One failure too many; says what became of the last frame, for the books. */
public final class GaveUpException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final Status status;

  GaveUpException(Status status, String message) {
    super(message);
    this.status = status;
  }

  /** {@link #afterTooMany} of a pattern that acknowledges. */
  static void afterTooMany(Status status, int failures, Dialogue dialogue, String addresses) {
    afterTooMany(status, failures, dialogue, "No acknowledgement from ", addresses);
  }

  /**
   * After so many failures in a row: throws if that is more than the retries allow.
   *
   * @param status what the last one was
   * @param timedOut how to begin the sentence where somebody is there
   */
  static void afterTooMany(
      Status status, int failures, Dialogue dialogue, String timedOut, String addresses) {
    int allowed = dialogue.conduct().maxRetries();
    if (allowed > 0 && failures >= allowed) {
      throw new GaveUpException(
          status,
          (status == Status.NO_PEER ? "Nobody was reached at " : timedOut)
              + addresses
              + " for "
              + failures
              + (failures == 1 ? " frame (" : " frames in a row (")
              + Seconds.of(dialogue.conduct().requestTimeoutNs())
              + " each); the sender is closed. Is the receiver running? max_retries sets how many are tolerated.");
    }
  }

  /** What became of the last frame. */
  public Status status() {
    return status;
  }
}
