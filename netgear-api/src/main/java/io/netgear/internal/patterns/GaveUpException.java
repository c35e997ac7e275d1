package io.netgear.internal.patterns;

import io.netgear.Receipt.Status;
import io.netgear.TransportException;

/** One failure too many; says what became of the last frame, for the books. */
public final class GaveUpException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final Status status;

  GaveUpException(Status status, String message) {
    super(message);
    this.status = status;
  }

  /** What became of the last frame. */
  public Status status() {
    return status;
  }
}
