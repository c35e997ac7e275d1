package io.netgear.transport.netty;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** Who computes TLS: BoringSSL, or the JDK. Both do the same; BoringSSL does it faster. */
enum TlsEngine {
  BORINGSSL(SslProvider.OPENSSL_REFCNT),
  JDK(SslProvider.JDK);

  private final SslProvider provider;

  TlsEngine(SslProvider provider) {
    this.provider = provider;
  }

  /** The better one of those that work here. */
  static TlsEngine best() {
    return OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL_REFCNT)
        ? BORINGSSL
        : JDK;
  }

  SslProvider provider() {
    return provider;
  }

  /** Which one it is, and why it is not BoringSSL, for users. */
  String describe() {
    if (this == BORINGSSL) {
      return OpenSsl.versionString();
    }
    Throwable why = OpenSsl.unavailabilityCause();
    return why == null ? "the JDK" : "the JDK (no BoringSSL: " + Words.innermost(why) + ")";
  }
}
