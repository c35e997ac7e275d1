package io.netgear.transport.netty;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What certificates say, in words. */
final class Certificates {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private Certificates() {}

  /** The common name, or else the whole one. */
  static String subject(X509Certificate certificate) {
    String name = certificate.getSubjectX500Principal().getName();
    return Words.of(name.startsWith("CN=") && name.indexOf(',') < 0 ? name.substring(3) : name);
  }

  /** The names and addresses that it is for. */
  static List<String> hosts(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
              .map(name -> Words.of(String.valueOf(name.get(1))))
              .toList();
    } catch (CertificateParsingException e) {
      // names that cannot be read are for no host at all
      return List.of();
    }
  }

  /** Empty if it is good now; else goes on from "its certificate". */
  static Optional<String> untimely(X509Certificate certificate) {
    Instant now = Instant.now();
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      return Optional.of("expired on " + when(certificate.getNotAfter().toInstant()));
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return Optional.of(
          "is not good before "
              + when(certificate.getNotBefore().toInstant())
              + " (here it is "
              + when(now)
              + ")");
    }
    return Optional.empty();
  }

  private static String when(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
