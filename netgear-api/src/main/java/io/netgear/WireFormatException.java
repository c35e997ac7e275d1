package io.netgear;

/**
 * A message does not follow the wire format. Streams count it, report it to {@link
 * Events#badMessage} and go on.
 */
public class WireFormatException extends NetGearException {
  private static final long serialVersionUID = 1L;

  /** With the words that a user reads. */
  public WireFormatException(String message) {
    super(message);
  }

  /** With the words that a user reads, and what led to it. */
  public WireFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
