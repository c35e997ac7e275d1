package io.netgear.transport.netty;

import java.nio.charset.StandardCharsets;

/** What a peer said, made fit for messages and log lines. */
final class Words {
  private static final int MOST = 120;

  private Words() {}

  /** What somebody else's text says, on one line and not for ever. */
  static String of(String text) {
    byte[] bytes = String.valueOf(text).getBytes(StandardCharsets.ISO_8859_1);
    return of(bytes, 0, bytes.length);
  }

  /** The first line of what is at the bottom of it. */
  static String innermost(Throwable why) {
    Throwable cause = why;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage());
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  /**
   * The characters from {@code from} on, up to the first zero; what is no printable ASCII is shown
   * as a question mark.
   */
  static String of(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + Math.min(length, MOST) && bytes[end] != 0) {
      end++;
    }
    StringBuilder words = new StringBuilder(end - from);
    for (char c : new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).toCharArray()) {
      words.append(c >= ' ' && c < 127 ? c : '?');
    }
    return words.toString();
  }
}
