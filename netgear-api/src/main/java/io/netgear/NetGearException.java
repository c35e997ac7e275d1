package io.netgear;

/**
 * The outside world failed: a network, a codec, a peer. The message says what, with which value,
 * and what to do.
 */
public class NetGearException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the words that a user reads. */
  public NetGearException(String message) {
    super(message);
  }

  /** With the words that a user reads, and what led to it. */
  public NetGearException(String message, Throwable cause) {
    super(message, cause);
  }
}
