package io.netgear.transport.netty;

import io.netgear.TransportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in text files, as OpenSSL and everybody writes them. */
final class Pem {
  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private Pem() {}

  /**
   * The certificates in {@code file}, at least one.
   *
   * @throws TransportException if it holds none, or cannot be read
   */
  static List<X509Certificate> certificates(Path file) {
    try (var in = new ByteArrayInputStream(bytes(file))) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw holdsNo(file, "certificate", "BEGIN CERTIFICATE", null);
      }
      return found;
    } catch (CertificateException e) {
      throw holdsNo(file, "certificate", "BEGIN CERTIFICATE", e);
    } catch (IOException e) {
      throw new AssertionError("memory cannot fail to be read", e);
    }
  }

  /**
   * The secret key in {@code file}.
   *
   * @throws TransportException if it holds none that Java can read, or cannot be read
   */
  static PrivateKey key(Path file) {
    Matcher matcher = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw holdsNo(file, "key", "BEGIN PRIVATE KEY", null);
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    GeneralSecurityException why = null;
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
        why = e;
      }
    }
    throw holdsNo(file, "key", "BEGIN PRIVATE KEY", why);
  }

  private static TransportException holdsNo(Path file, String what, String line, Exception why) {
    return new TransportException(
        "File "
            + file
            + " holds no "
            + what
            + " that can be used (expected '-----"
            + line
            + "-----' and what follows it): copy it again, or make new ones with 'netgear keys --tls'.",
        why);
  }

  private static byte[] bytes(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new TransportException(
            "File " + file + " has " + size + " bytes; certificates and keys have a few thousand.");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new TransportException(
          "tls needs the file "
              + file
              + ", which is missing: make certificates with 'netgear keys --tls' (docs/tls.md has the steps), or name their directory.",
          e);
    } catch (IOException e) {
      throw new TransportException("Cannot read " + file + ": " + reason(e) + ".", e);
    }
  }

  /** Why a file could not be used, without the names of Java's types. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "this user may not use '" + denied.getFile() + "'";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return "'" + failed.getFile() + "': " + failed.getReason();
    }
    return e.getMessage() == null ? "input or output failed" : e.getMessage();
  }

  static String text(X509Certificate certificate) throws GeneralSecurityException {
    return text("CERTIFICATE", certificate.getEncoded());
  }

  static String text(PrivateKey key) {
    return text("PRIVATE KEY", key.getEncoded());
  }

  private static String text(String what, byte[] bytes) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + what
        + "-----\n";
  }
}
