package io.netgear.transport.netty;

import io.netgear.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One file of a {@link TlsDirectory} as it is found. Never holds a key.
 *
 * @param file where it is
 * @param secret whether it holds a secret key, and not a certificate
 * @param subject whose certificate it is; empty for keys, and for what is not in order
 * @param hosts the names and addresses that the certificate is for
 * @param until the last moment at which the certificate is good; empty for keys
 * @param fingerprint SHA-256 of the certificate; empty for keys
 * @param permissions who may read it, as the file system says it
 * @param trouble what is wrong, in words; empty when nothing is
 */
public record TlsEntry(
    Path file,
    boolean secret,
    String subject,
    List<String> hosts,
    Optional<Instant> until,
    String fingerprint,
    String permissions,
    Optional<String> trouble) {
  /** Copies the list. */
  public TlsEntry {
    hosts = List.copyOf(hosts);
  }

  static TlsEntry of(Path file) {
    boolean secret = file.toString().endsWith(".key");
    try {
      String permissions = OwnedFile.permissions(file);
      try {
        return secret ? ofKey(file, permissions) : ofCertificate(file, permissions);
      } catch (TransportException e) {
        return broken(file, secret, permissions, e.getMessage());
      }
    } catch (IOException e) {
      return broken(file, secret, "unknown", Pem.reason(e));
    }
  }

  private static TlsEntry broken(Path file, boolean secret, String permissions, String trouble) {
    return new TlsEntry(
        file, secret, "", List.of(), Optional.empty(), "", permissions, Optional.of(trouble));
  }

  private static TlsEntry ofKey(Path file, String permissions) throws IOException {
    PrivateKey key = Pem.key(file);
    assert key != null;
    Optional<String> trouble =
        OwnedFile.othersRead(file)
            ? Optional.of("others may read this secret key: chmod 600 " + file)
            : Optional.empty();
    return new TlsEntry(file, true, "", List.of(), Optional.empty(), "", permissions, trouble);
  }

  private static TlsEntry ofCertificate(Path file, String permissions) {
    X509Certificate certificate = Pem.certificates(file).get(0);
    return new TlsEntry(
        file,
        false,
        Certificates.subject(certificate),
        Certificates.hosts(certificate),
        Optional.of(certificate.getNotAfter().toInstant()),
        fingerprint(certificate),
        permissions,
        Certificates.untimely(certificate).map(why -> "it " + why));
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(
          "every Java has SHA-256, and a certificate that was read has bytes", e);
    }
  }
}
