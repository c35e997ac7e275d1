package io.netgear;

/**
 * How strictly a link is protected; both ends take the same. docs/security.md tells what each
 * protects from.
 */
public enum SecureMode {
  /** Plain text: whoever reaches the port takes part, and whoever is in between reads along. */
  NONE(0),
  /**
   * Encrypted, and the sender knows that it talks to the right receiver; any sender may come, with
   * any key.
   */
  STONEHOUSE(1),
  /** As {@link #STONEHOUSE}, and the receiver takes senders whose public key it has been given. */
  IRONHOUSE(2);

  private final int number;

  SecureMode(int number) {
    this.number = number;
  }

  /** The Python peer's number: 0, 1, 2. */
  public int number() {
    return number;
  }
}
