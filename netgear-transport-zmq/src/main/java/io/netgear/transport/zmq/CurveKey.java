package io.netgear.transport.zmq;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A public key of CURVE: 32 bytes, fit to be shown to anyone. */
public final class CurveKey {
  /** Bytes of a key, public or secret. */
  static final int BYTES = 32;

  private static final int FINGERPRINT_BYTES = 8;

  private final byte[] bytes;

  CurveKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "A CURVE key has " + BYTES + " bytes, got " + bytes.length + ".");
    }
    this.bytes = bytes.clone();
  }

  /** Reads the 40 characters of a key file. */
  public static Optional<CurveKey> of(String text) {
    return Z85.decode(text).filter(bytes -> bytes.length == BYTES).map(CurveKey::new);
  }

  /** As key files have it: 40 characters of Z85. */
  public String text() {
    return Z85.encode(bytes);
  }

  /** Short enough to be compared by eye: the first 64 bits of its SHA-256, in hexadecimal. */
  public String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      String hex = HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
      return hex.replaceAll("(.{4})(?=.)", "$1-");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
    }
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CurveKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The key and its fingerprint. */
  @Override
  public String toString() {
    return text() + " (" + fingerprint() + ")";
  }
}
