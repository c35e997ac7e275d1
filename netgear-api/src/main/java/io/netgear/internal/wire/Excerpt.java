package io.netgear.internal.wire;

/**
 * Shortens what a peer sent, and takes control characters out of it, so that it can stand in an
 * error message and in a log.
 */
final class Excerpt {
  private static final int MAX_CHARS = 40;

  private Excerpt() {}

  /** {@code text} in quotes, shown by about 40 characters at most. */
  static String quoted(String text) {
    return "'" + of(text, MAX_CHARS) + "'";
  }

  /**
   * The beginning of {@code text}, shown by about {@code maxChars} printable characters at most.
   */
  static String of(String text, int maxChars) {
    StringBuilder excerpt = new StringBuilder(Math.min(text.length(), maxChars) + 8);
    int end = 0;
    while (end < text.length() && excerpt.length() < maxChars) {
      char c = text.charAt(end++);
      if (c >= ' ' && c <= '~') {
        excerpt.append(c);
      } else {
        excerpt.append(String.format("\\u%04x", (int) c));
      }
    }
    return end < text.length() ? excerpt.append("...").toString() : excerpt.toString();
  }
}
