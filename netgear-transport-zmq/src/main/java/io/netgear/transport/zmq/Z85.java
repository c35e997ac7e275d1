package io.netgear.transport.zmq;

import java.util.Optional;

/** Four bytes as five printable characters, the way ZeroMQ writes keys. */
final class Z85 {
  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

  private static final int BASE = 85;
  private static final int BYTES = 4;
  private static final int CHARACTERS = 5;

  private Z85() {}

  /** The text of {@code bytes}, whose number is a multiple of 4. */
  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length / BYTES * CHARACTERS);
    for (int i = 0; i < bytes.length; i += BYTES) {
      long group = 0;
      for (int k = 0; k < BYTES; k++) {
        group = group << Byte.SIZE | (bytes[i + k] & 0xff);
      }
      for (long unit = BASE * BASE * BASE * BASE; unit > 0; unit /= BASE) {
        text.append(DIGITS.charAt((int) (group / unit % BASE)));
      }
    }
    return text.toString();
  }

  /** The bytes that {@code text} stands for; empty when it stands for none. */
  static Optional<byte[]> decode(String text) {
    if (text.length() % CHARACTERS != 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[text.length() / CHARACTERS * BYTES];
    for (int i = 0; i < text.length(); i += CHARACTERS) {
      long group = 0;
      for (int k = 0; k < CHARACTERS; k++) {
        int digit = DIGITS.indexOf(text.charAt(i + k));
        if (digit < 0) {
          return Optional.empty();
        }
        group = group * BASE + digit;
      }
      if (group > 0xffff_ffffL) {
        return Optional.empty();
      }
      for (int k = 0; k < BYTES; k++) {
        bytes[i / CHARACTERS * BYTES + k] = (byte) (group >>> (Byte.SIZE * (BYTES - 1 - k)));
      }
    }
    return Optional.of(bytes);
  }
}
