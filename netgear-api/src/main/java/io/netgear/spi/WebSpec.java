package io.netgear.spi;

import java.util.List;
import java.util.Objects;

/**
 * How a binding PUBLISH link also serves browsers at its addresses; see {@link
 * Transport#servesBrowsers}. Prints without its token.
 *
 * @param token what a viewer must know; empty when none was given: then none is needed at a
 *     loopback address, and elsewhere the link makes one up, which {@link Link#webAddresses} tells
 * @param maxViewers how many may watch at a time
 * @param hosts names by which the machine is known, besides its own and its numbers; requests for
 *     other names are refused
 */
public record WebSpec(String token, int maxViewers, List<String> hosts) {
  /** Copies the list and checks that somebody may watch. */
  public WebSpec {
    Objects.requireNonNull(token, "token");
    if (maxViewers < 1) {
      throw new IllegalArgumentException("At least 1 viewer, got " + maxViewers + ".");
    }
    hosts = List.copyOf(hosts);
  }

  /** Without the token: secrets do not print. */
  @Override
  public String toString() {
    return "web for " + maxViewers + " viewers";
  }
}
