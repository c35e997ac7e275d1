package io.netgear.transport.zmq;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** A secret key of CURVE and the public key that belongs to it. Never shows the secret. */
final class CurveKeyPair {
  private static final String CURVE = "X25519";
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  private final byte[] secret;
  private final CurveKey open;

  private CurveKeyPair(byte[] secret) {
    this.secret = secret.clone();
    this.open = openOf(secret);
  }

  /** A new one. */
  static CurveKeyPair generate() {
    byte[] secret = new byte[CurveKey.BYTES];
    new SecureRandom().nextBytes(secret);
    return new CurveKeyPair(secret);
  }

  /** The pair that {@code secret} is half of. */
  static CurveKeyPair of(byte[] secret) {
    return new CurveKeyPair(secret);
  }

  private static CurveKey openOf(byte[] secret) {
    try {
      KeyFactory keys = KeyFactory.getInstance(CURVE);
      KeyAgreement product = KeyAgreement.getInstance(CURVE);
      product.init(
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret.clone())));
      product.doPhase(
          keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
      return new CurveKey(product.generateSecret());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot compute keys on the curve X25519.", e);
    }
  }

  /** What others may know. */
  CurveKey open() {
    return open;
  }

  byte[] secret() {
    return secret.clone();
  }

  @Override
  public String toString() {
    return "pair of " + open;
  }
}
