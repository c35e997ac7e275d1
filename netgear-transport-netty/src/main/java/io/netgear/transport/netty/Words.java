package io.netgear.transport.netty;

import java.nio.charset.StandardCharsets;

/** What a peer said, made fit for messages and log lines. */
final class Words {
  private static final int MOST = 120;

  private Words() {}

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
