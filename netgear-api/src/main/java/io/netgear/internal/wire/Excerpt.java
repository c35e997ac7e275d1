package io.netgear.internal.wire;

/**
 * Shortens what a peer sent, and takes control characters out of it, so that it can stand in an
 * error message and in a log.
 */
final class Excerpt {
  private static final int MAX_CHARS = 40;

  private Excerpt() {}

  /** {@code text} in quotes, 40 characters of it at most. */
  static String quoted(String text) {
    return "'" + of(text, MAX_CHARS) + "'";
  }

  /** At most {@code maxChars} characters of {@code text}, printable ones only. */
  static String of(String text, int maxChars) {
    int end = Math.min(text.length(), maxChars);
    StringBuilder excerpt = new StringBuilder(end + 8);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        excerpt.append(c);
      } else {
        excerpt.append(String.format("\\u%04x", (int) c));
      }
    }
    return end < text.length() ? excerpt.append("...").toString() : excerpt.toString();
  }
}
