package io.netgear;

import java.util.Locale;

/**
 * One plug-in that was found or skipped, for {@link NetGear#providers()}.
 *
 * @param kind what it provides
 * @param name the name that applications choose it by; its class where it could not even tell its
 *     name
 * @param origin the module with its version, or the jar or folder that it comes from; empty when
 *     unknown
 * @param usable whether it works here
 * @param detail when it does: what it is in a few words; when not: why it was skipped
 */
public record ProviderInfo(Kind kind, String name, String origin, boolean usable, String detail) {
  /** What plug-ins provide. */
  public enum Kind {
    /** Moves messages. */
    TRANSPORT,
    /** Turns pixels into bytes and back. */
    CODEC,
    /** Says who acknowledges what. */
    PATTERN,
    /** Leads to peers that only another machine can reach. */
    TUNNEL;

    /** In words, such as {@code transport}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
