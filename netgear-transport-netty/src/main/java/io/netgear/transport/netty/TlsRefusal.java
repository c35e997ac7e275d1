package io.netgear.transport.netty;

import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why two ends could not come to speak TLS with each other, in words. */
final class TlsRefusal {
  private TlsRefusal() {}

  /** Whether it is about TLS at all. */
  static boolean isOne(Throwable failure) {
    return find(failure, SSLException.class) != null;
  }

  /** Whether the connection just broke, which is told by nobody having connected. */
  static boolean isHangUp(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof IOException && !(each instanceof SSLException)) {
        return true;
      }
    }
    return String.valueOf(failure.getMessage()).contains("closed");
  }

  /** Goes on from "the peer was turned away:". */
  static String reason(Throwable failure) {
    if (find(failure, NotSslRecordException.class) != null) {
      return "it does not speak TLS, and this end speaks nothing else: name tls:// at both ends, or at none";
    }
    CertificateException certificate = find(failure, CertificateException.class);
    if (certificate != null) {
      return certificate.getMessage();
    }
    String text = Words.of(Words.innermost(failure));
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("empty client certificate")
        || lower.contains("peer_did_not_return_a_certificate")) {
      return "it showed no certificate: this end wants one of the authority in its ca.crt";
    }
    if (lower.contains("alert")) {
      return "it turned this end away (" + text + "): it tells why where it runs";
    }
    if (lower.contains("protocol_version")
        || lower.contains("protocol version")
        || lower.contains("unsupported_protocol")
        || lower.contains("not supported by this")) {
      return "it does not speak TLS 1.3, and this end speaks nothing less (" + text + ")";
    }
    return "the TLS connection failed (" + text + ")";
  }

  private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }
}
