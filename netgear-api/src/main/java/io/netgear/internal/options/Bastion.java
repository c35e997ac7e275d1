package io.netgear.internal.options;

/**
 * An SSH server as options name it: {@code user@host} or {@code user@host:port}.
 *
 * @param user whom to log in as
 * @param host name or number, without brackets
 * @param port 22 unless told
 */
record Bastion(String user, String host, int port) {
  private static final int SSH_PORT = 22;

  /** Reads {@code text}; null when it is not of that form. */
  static Bastion parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || text.chars().anyMatch(c -> Character.isWhitespace(c) || c < ' ')) {
      return null;
    }
    String user = text.substring(0, at);
    String rest = text.substring(at + 1);
    int colon = rest.lastIndexOf(':');
    boolean bracketed = rest.startsWith("[") && rest.contains("]");
    boolean bareIpv6 = !bracketed && colon != rest.indexOf(':');
    boolean namesPort = colon >= 0 && !bareIpv6 && !rest.endsWith("]");
    String host = namesPort ? rest.substring(0, colon) : rest;
    String bare = bracketed ? host.replaceAll("^\\[|\\]$", "") : host;
    int port = namesPort ? port(rest.substring(colon + 1)) : SSH_PORT;
    return bare.isEmpty() || port < 1 ? null : new Bastion(user, bare, port);
  }

  private static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    return port <= 65_535 ? port : -1;
  }

  @Override
  public String toString() {
    return user + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
