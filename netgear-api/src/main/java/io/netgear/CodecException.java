package io.netgear;

/**
 * Pixels could not be encoded, or bytes could not be decoded: broken, hostile, too large or of an
 * unsupported kind.
 */
public class CodecException extends NetGearException {
  private static final long serialVersionUID = 1L;

  /** With the words that a user reads. */
  public CodecException(String message) {
    super(message);
  }

  /** With the words that a user reads, and what led to it. */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
