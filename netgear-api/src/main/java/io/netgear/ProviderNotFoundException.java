package io.netgear;

/**
 * No usable transport, codec or pattern of the name asked for. The message lists what was found and
 * what was skipped.
 */
public class ProviderNotFoundException extends NetGearException {
  private static final long serialVersionUID = 1L;

  /** With the words that a user reads. */
  public ProviderNotFoundException(String message) {
    super(message);
  }

  /** With the words that a user reads, and what led to it. */
  public ProviderNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
