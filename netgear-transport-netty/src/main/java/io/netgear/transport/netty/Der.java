package io.netgear.transport.netty;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** Values of ASN.1 in their distinguished encoding (ITU-T X.690), as certificates are made of. */
final class Der {
  private static final int MOST_SHORT = 127;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

  private Der() {}

  /** A value with its tag and its length; several contents follow each other. */
  static byte[] value(int tag, byte[]... contents) {
    int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length <= MOST_SHORT) {
      out.write(length);
    } else {
      byte[] bytes = BigInteger.valueOf(length).toByteArray();
      int from = bytes[0] == 0 ? 1 : 0;
      out.write(0x80 | (bytes.length - from));
      out.write(bytes, from, bytes.length - from);
    }
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... contents) {
    return value(0x30, contents);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] yes() {
    return value(0x01, new byte[] {(byte) 0xFF});
  }

  static byte[] octets(byte[] bytes) {
    return value(0x04, bytes);
  }

  /** Whole bytes of bits, of which the last {@code unused} do not count. */
  static byte[] bits(int unused, byte... bytes) {
    return value(0x03, new byte[] {(byte) unused}, bytes);
  }

  /** As the standard wants it: with two digits of the year up to 2049. */
  static byte[] time(Instant moment) {
    String text = TIME.format(moment.atZone(ZoneOffset.UTC));
    boolean isShort = text.startsWith("20") && text.charAt(2) < '5';
    return isShort
        ? value(0x17, text.substring(2).getBytes(StandardCharsets.US_ASCII))
        : value(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier, written with dots. */
  static byte[] identifier(String dotted) {
    String[] numbers = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Integer.parseInt(numbers[0]) * 40 + Integer.parseInt(numbers[1]));
    for (int i = 2; i < numbers.length; i++) {
      int number = Integer.parseInt(numbers[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (number >> shift != 0) {
          out.write(0x80 | (number >> shift & 0x7F));
        }
      }
      out.write(number & 0x7F);
    }
    return value(0x06, out.toByteArray());
  }
}
