package io.netgear.transport.netty;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * Makes X.509 certificates (RFC 5280) on the curve P-256: that of an authority, and those that it
 * issues. Keys, signatures and names are the JDK's; here they are put together.
 */
final class CertificateMaker {
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
  private static final int SERIAL_BITS = 120;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final byte DIGITAL_SIGNATURE = (byte) 0x80;
  private static final byte SIGNS_CERTIFICATES = (byte) 0x86;

  /**
   * A certificate, and the key that proves it to be one's own.
   *
   * @param key secret
   */
  record Identity(X509Certificate certificate, PrivateKey key) {
    @Override
    public String toString() {
      return "identity of " + certificate.getSubjectX500Principal();
    }
  }

  private CertificateMaker() {}

  /** An authority called {@code name}, valid from {@code from} on. */
  static Identity authority(String name, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPair pair = pair();
    X500Principal subject = named(name);
    byte[] extensions =
        Der.sequence(
            extension(
                BASIC_CONSTRAINTS, true, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
            extension(KEY_USAGE, true, Der.bits(1, SIGNS_CERTIFICATES)),
            extension(SUBJECT_KEY, false, Der.octets(digest(pair.getPublic()))));
    return new Identity(
        signed(subject, subject, pair.getPublic(), pair.getPrivate(), from, until, extensions),
        pair.getPrivate());
  }

  /**
   * A certificate for an end that binds at, or connects from, {@code hosts}: it may play either
   * part.
   *
   * @param hosts names and addresses; none for one that only connects
   */
  static Identity issue(Identity by, String name, List<String> hosts, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPair pair = pair();
    List<byte[]> names = new ArrayList<>();
    for (String host : hosts) {
      byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
      names.add(
          address == null
              ? Der.value(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII))
              : Der.value(IP_ADDRESS, address));
    }
    byte[] extensions =
        Der.sequence(
            extension(BASIC_CONSTRAINTS, true, Der.sequence()),
            extension(KEY_USAGE, true, Der.bits(7, DIGITAL_SIGNATURE)),
            extension(
                EXTENDED_KEY_USAGE,
                false,
                Der.sequence(
                    Der.identifier("1.3.6.1.5.5.7.3.1"), Der.identifier("1.3.6.1.5.5.7.3.2"))),
            names.isEmpty()
                ? new byte[0]
                : extension(ALTERNATIVE_NAMES, false, Der.sequence(names.toArray(new byte[0][]))),
            extension(SUBJECT_KEY, false, Der.octets(digest(pair.getPublic()))),
            extension(
                AUTHORITY_KEY,
                false,
                Der.sequence(Der.value(0x80, digest(by.certificate.getPublicKey())))));
    return new Identity(
        signed(
            by.certificate.getSubjectX500Principal(),
            named(name),
            pair.getPublic(),
            by.key,
            from,
            until,
            extensions),
        pair.getPrivate());
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X500Principal named(String name) {
    return new X500Principal("CN=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
  }

  private static byte[] extension(String identifier, boolean critical, byte[] content) {
    return critical
        ? Der.sequence(Der.identifier(identifier), Der.yes(), Der.octets(content))
        : Der.sequence(Der.identifier(identifier), Der.octets(content));
  }

  /** By which certificates refer to keys: the SHA-1 of the bits, as RFC 5280 suggests. */
  private static byte[] digest(PublicKey key) throws GeneralSecurityException {
    byte[] encoded = key.getEncoded();
    int point = 65;
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(encoded, encoded.length - point, point);
    return sha1.digest();
  }

  private static X509Certificate signed(
      X500Principal issuer,
      X500Principal subject,
      PublicKey key,
      PrivateKey by,
      Instant from,
      Instant until,
      byte[] extensions)
      throws GeneralSecurityException {
    byte[] body =
        Der.sequence(
            Der.value(0xA0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS)),
            ECDSA_WITH_SHA256,
            issuer.getEncoded(),
            Der.sequence(
                Der.time(from.truncatedTo(ChronoUnit.SECONDS)),
                Der.time(until.truncatedTo(ChronoUnit.SECONDS))),
            subject.getEncoded(),
            key.getEncoded(),
            Der.value(0xA3, extensions));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(by);
    signature.update(body);
    byte[] whole = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }
}
