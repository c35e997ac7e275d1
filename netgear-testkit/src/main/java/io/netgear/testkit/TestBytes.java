package io.netgear.testkit;

import java.util.Random;
import java.util.zip.CRC32;

/** Bytes that look random, the same for the same seed, which end with their own checksum. */
final class TestBytes {
  private static final int CHECKSUM = 4;

  private TestBytes() {}

  /** {@code size} random bytes. */
  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** {@code size} bytes, of which the last four are the checksum of the others. */
  static byte[] sealed(int size, long seed) {
    byte[] bytes = random(size, seed);
    int sum = checksum(bytes);
    for (int i = 0; i < CHECKSUM; i++) {
      bytes[size - CHECKSUM + i] = (byte) (sum >> (8 * i));
    }
    return bytes;
  }

  /** Whether these are {@link #sealed} bytes, unharmed. */
  static boolean intact(byte[] bytes) {
    int sum = checksum(bytes);
    for (int i = 0; i < CHECKSUM; i++) {
      if (bytes[bytes.length - CHECKSUM + i] != (byte) (sum >> (8 * i))) {
        return false;
      }
    }
    return true;
  }

  private static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - CHECKSUM);
    return (int) crc.getValue();
  }
}
