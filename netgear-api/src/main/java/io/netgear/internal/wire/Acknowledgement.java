package io.netgear.internal.wire;

import io.netgear.spi.Answer;
import java.nio.ByteBuffer;

/**
 * The plain acknowledgement, text that a Python peer does not look at, with our numbers behind it
 * (docs/wire-format.md#plain-acknowledgement).
 */
final class Acknowledgement {
  private static final String START = "Data received on device: ";
  private static final int MAX_BYTES = 256;
  private static final String SEQUENCE = " seq=";
  private static final String RECEIVED = " rx=";
  private static final String ANSWERED = " tx=";
  private static final String BYE = " bye=";

  private Acknowledgement() {}

  /** Of a receiver that calls itself {@code deviceId}. */
  static void write(String deviceId, Answer answer, HeaderBytes out) {
    out.ascii(START);
    out.ascii(deviceId);
    out.ascii(" !");
    write(out, SEQUENCE, answer.sequence());
    write(out, RECEIVED, answer.receivedMicros());
    write(out, ANSWERED, answer.answeredMicros());
    write(out, BYE, answer.leaving() ? 1 : -1);
  }

  private static void write(HeaderBytes out, String key, long value) {
    if (value >= 0) {
      out.ascii(key);
      out.decimal(value);
    }
  }

  /** Reads our numbers out of any text; those that are absent or out of range are -1. */
  static Answer parse(ByteBuffer text) {
    int end = Math.min(text.remaining(), MAX_BYTES);
    int start = text.position();
    if (end < START.length() || !matches(text, start, START)) {
      return Answer.acknowledgement(-1, -1, -1);
    }
    return new Answer(
        null,
        null,
        null,
        null,
        number(text, start, end, SEQUENCE, Extras.MAX_SEQUENCE),
        number(text, start, end, RECEIVED, Extras.MAX_MICROS),
        number(text, start, end, ANSWERED, Extras.MAX_MICROS),
        number(text, start, end, BYE, 1) == 1);
  }

  private static long number(ByteBuffer text, int start, int length, String key, long max) {
    for (int at = START.length(); at + key.length() < length; at++) {
      if (matches(text, start + at, key)) {
        return digits(text, start + at + key.length(), start + length, max);
      }
    }
    return -1;
  }

  private static boolean matches(ByteBuffer text, int at, String key) {
    for (int i = 0; i < key.length(); i++) {
      if (text.get(at + i) != key.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static long digits(ByteBuffer text, int from, int end, long max) {
    long value = -1;
    for (int at = from; at < end; at++) {
      int digit = text.get(at) - '0';
      if (digit < 0 || digit > 9) {
        return text.get(at) == ' ' ? value : -1;
      }
      long before = Math.max(value, 0);
      if (before > (max - digit) / 10) {
        return -1;
      }
      value = before * 10 + digit;
    }
    return value;
  }
}
