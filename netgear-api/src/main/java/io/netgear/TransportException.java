package io.netgear;

/**
 * An address, a connection or a peer failed for good; what merely was dropped or late is a {@link
 * Receipt}, not this.
 */
public class TransportException extends NetGearException {
  private static final long serialVersionUID = 1L;

  /** With the words that a user reads. */
  public TransportException(String message) {
    super(message);
  }

  /** With the words that a user reads, and what led to it. */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
