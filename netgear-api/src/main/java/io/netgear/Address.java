package io.netgear;

import java.util.Locale;
import java.util.Objects;

/**
 * Where one end of a link binds or connects: {@code protocol://host:port}.
 *
 * <p>The host {@code *} stands for every interface when binding. Port 0 asks a binding end for any
 * free port; {@link FrameReceiver#addresses()} tells which one it got.
 *
 * @param protocol lower case, such as {@code tcp}
 * @param host name or number without brackets; a path for {@code ipc}
 * @param port 0 to 65535
 */
public record Address(String protocol, String host, int port) {
  /** The port of the Python peer. */
  public static final int DEFAULT_PORT = 5555;

  /** Checks the parts. */
  public Address {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(host, "host");
    protocol = protocol.toLowerCase(Locale.ROOT);
    if (host.isBlank()) {
      throw new IllegalArgumentException("An address needs a host, such as tcp://localhost:5555.");
    }
    if (host.chars().anyMatch(Character::isWhitespace) && !protocol.equals("ipc")) {
      throw new IllegalArgumentException(
          "A host has no spaces, got '" + host + "'; write it as in tcp://localhost:5555.");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "A port is 1 to 65535 (or 0 for any free one when binding), got " + port + ".");
    }
  }

  /**
   * Reads {@code protocol://host:port}, {@code host:port}, {@code protocol://host} or {@code host};
   * what is left out is tcp and 5555.
   *
   * @throws IllegalArgumentException naming the text and the form expected
   */
  public static Address parse(String text) {
    int scheme = text.indexOf("://");
    String protocol = scheme < 0 ? "tcp" : text.substring(0, scheme);
    String rest = scheme < 0 ? text : text.substring(scheme + 3);
    int colon = rest.lastIndexOf(':');
    boolean bareIpv6 = colon >= 0 && rest.indexOf(':') != colon && !rest.contains("]");
    if (colon < 0 || bareIpv6 || rest.endsWith("]")) {
      return checked(text, protocol, rest, DEFAULT_PORT);
    }
    try {
      return checked(
          text, protocol, rest.substring(0, colon), Integer.parseInt(rest.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw malformed(text, "the port is not a number", e);
    }
  }

  private static Address checked(String text, String protocol, String host, int port) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return new Address(protocol, bare, port);
    } catch (IllegalArgumentException e) {
      throw malformed(text, e.getMessage(), e);
    }
  }

  private static IllegalArgumentException malformed(String text, String why, Exception cause) {
    return new IllegalArgumentException(
        "Address '" + text + "' is not of the form tcp://host:port: " + why, cause);
  }

  /** This address with another port. */
  public Address withPort(int port) {
    return new Address(protocol, host, port);
  }

  /** {@code protocol://host:port}, an IPv6 host in brackets. */
  @Override
  public String toString() {
    return protocol + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
