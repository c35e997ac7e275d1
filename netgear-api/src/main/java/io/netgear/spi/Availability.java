package io.netgear.spi;

/**
 * Whether a provider works on this machine.
 *
 * @param available whether it does
 * @param detail when it does: what it is in a few words (a version, a library's path); when not:
 *     the reason, for the user
 */
public record Availability(boolean available, String detail) {
  /** It works; {@code detail} says what it is. */
  public static Availability yes(String detail) {
    return new Availability(true, detail);
  }

  /** It cannot work, because of {@code reason}. */
  public static Availability no(String reason) {
    return new Availability(false, reason);
  }
}
