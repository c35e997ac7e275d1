package io.netgear.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IP addresses that begin alike, or a single one.
 *
 * @param base one of them
 * @param prefixBits how many leading bits they share
 */
public record AddressRange(InetAddress base, int prefixBits) {
  private static final Pattern FORM =
      Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");

  /** Checks that the address has so many bits. */
  public AddressRange {
    if (prefixBits < 0 || prefixBits > base.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "Address " + base.getHostAddress() + " has no prefix of " + prefixBits + " bits.");
    }
  }

  /** Reads {@code 192.168.1.20}, {@code 192.168.1.0/24}, {@code ::1}; looks no names up. */
  public static Optional<AddressRange> of(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      InetAddress base = InetAddress.getByName(form.group(1));
      int bits = base.getAddress().length * Byte.SIZE;
      int prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
      return prefix > bits ? Optional.empty() : Optional.of(new AddressRange(base, prefix));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether {@code address} is one of them. */
  public boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] other = address.getAddress();
    if (ours.length != other.length) {
      return false;
    }
    int whole = prefixBits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (ours[i] != other[i]) {
        return false;
      }
    }
    int mask = 0xff << (Byte.SIZE - prefixBits % Byte.SIZE) & 0xff;
    return mask == 0 || (ours[whole] & mask) == (other[whole] & mask);
  }

  /** As it is written. */
  @Override
  public String toString() {
    boolean single = prefixBits == base.getAddress().length * Byte.SIZE;
    return base.getHostAddress() + (single ? "" : "/" + prefixBits);
  }
}
