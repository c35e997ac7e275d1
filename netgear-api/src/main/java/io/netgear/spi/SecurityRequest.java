package io.netgear.spi;

import io.netgear.SecureMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What the options {@code secure_mode} and those that go with it ask a transport for.
 *
 * @param mode how strictly; never {@link SecureMode#NONE}
 * @param sender whether the end sends frames; who binds says nothing about that
 * @param keys where keys are looked for and made; null for the user's home directory
 * @param renew whether this end's own keys are made anew, whether or not there are any
 * @param allowed who may come at all, besides having the right key; empty for everyone. Only a
 *     receiver's
 */
public record SecurityRequest(
    SecureMode mode, boolean sender, Path keys, boolean renew, List<AddressRange> allowed) {
  /** Copies the list. */
  public SecurityRequest {
    if (Objects.requireNonNull(mode, "mode") == SecureMode.NONE) {
      throw new IllegalArgumentException("No security was asked for; leave the transport alone.");
    }
    allowed = List.copyOf(allowed);
  }
}
