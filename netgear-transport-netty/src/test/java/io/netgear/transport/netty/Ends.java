package io.netgear.transport.netty;

import io.netgear.transport.netty.CertificateMaker.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Directories of ends with all kinds of certificates, that trust one and the same authority. */
final class Ends {
  private static final List<String> HERE = List.of("localhost", "127.0.0.1");

  private final Path root;
  private final Identity authority;

  Ends(Path root) throws GeneralSecurityException {
    this.root = root;
    this.authority =
        CertificateMaker.authority(
            "the authority", in(Duration.ofHours(-1)), in(Duration.ofDays(9)));
  }

  private static Instant in(Duration time) {
    return Instant.now().plus(time);
  }

  /** An end with a certificate as {@code kind} says. */
  TlsSecurity end(String kind) throws GeneralSecurityException, IOException {
    Instant before = in(Duration.ofHours(-2));
    Instant until = in(Duration.ofDays(1));
    Identity own =
        switch (kind) {
          case "good", "revoked" -> CertificateMaker.issue(authority, kind, HERE, before, until);
          case "expired" ->
              CertificateMaker.issue(authority, kind, HERE, before, in(Duration.ofHours(-1)));
          case "early" ->
              CertificateMaker.issue(authority, kind, HERE, in(Duration.ofHours(1)), until);
          case "elsewhere" ->
              CertificateMaker.issue(
                  authority, kind, List.of("cam.example.org", "192.0.2.7"), before, until);
          case "hostless" -> CertificateMaker.issue(authority, kind, List.of(), before, until);
          case "stranger" ->
              CertificateMaker.issue(
                  CertificateMaker.authority("the authority", before, until),
                  kind,
                  HERE,
                  before,
                  until);
          case "selfmade" -> CertificateMaker.authority(kind, before, until);
          default -> throw new IllegalArgumentException(kind);
        };
    return TlsSecurity.in(write(kind, own));
  }

  private Path write(String kind, Identity own) throws GeneralSecurityException, IOException {
    Path directory = Files.createDirectories(root.resolve(kind));
    Files.writeString(directory.resolve("ca.crt"), Pem.text(authority.certificate()));
    Files.writeString(directory.resolve("own.crt"), Pem.text(own.certificate()));
    OwnedFile.write(directory.resolve("own.key"), Pem.text(own.key()), true);
    return directory;
  }

  /** Takes the right of an end away at another one. */
  void revoke(String kind, String at) throws IOException {
    Path revoked = Files.createDirectories(root.resolve(at).resolve("revoked"));
    Files.copy(root.resolve(kind).resolve("own.crt"), revoked.resolve(kind + ".crt"));
  }
}
