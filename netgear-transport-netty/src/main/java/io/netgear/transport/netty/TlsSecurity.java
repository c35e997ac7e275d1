package io.netgear.transport.netty;

import io.netgear.Security;
import io.netgear.TransportException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * TLS 1.3 with certificates on both ends, out of a directory ({@link TlsDirectory}): what the
 * addresses {@code tls://host:port} are protected with. Each end must show a certificate of the
 * authority in {@code ca.crt}; the one that connects also demands that the other's is for the host
 * it was sent to. Nothing falls back to less.
 *
 * <p>Immutable; touches no file until a link opens. The link then reads them, and keeps what it
 * read for as long as it is open.
 */
public final class TlsSecurity implements Security {
  private final TlsDirectory directory;
  private final TlsEngine engine;

  private TlsSecurity(TlsDirectory directory, TlsEngine engine) {
    this.directory = directory;
    this.engine = engine;
  }

  /**
   * With the certificates in {@code directory}.
   *
   * @param directory null for {@code .netgear/tls} in the user's home directory
   */
  public static TlsSecurity in(Path directory) {
    return new TlsSecurity(TlsDirectory.at(directory), null);
  }

  /** The same, computed by {@code engine} and no other. */
  TlsSecurity by(TlsEngine engine) {
    return new TlsSecurity(directory, engine);
  }

  /** Protocol and directory; never a key. */
  @Override
  public String describe() {
    return "TLS 1.3 with certificates on both ends, from " + directory;
  }

  /**
   * What is needed to speak to an end of this directory from programs that do so themselves, by the
   * JDK's means. Both sides of it demand and check certificates as a link does, if an engine or
   * socket of it is told to identify hosts as HTTPS does, and to need the client's certificate.
   *
   * @throws TransportException if a file is missing or not in order
   */
  public SSLContext context() {
    return Tls.context(identity(), trust());
  }

  /** What a link needs; to be closed. */
  Tls open(boolean accepting, boolean guests, Consumer<String> warnings) {
    Identity identity = identity();
    directory.openSecret().ifPresent(warnings);
    Certificates.untimely(identity.chain().get(0))
        .ifPresent(
            why ->
                warnings.accept(
                    "The certificate "
                        + directory.own()
                        + " "
                        + why
                        + ", so peers refuse it: make a new one with 'netgear keys make --tls --overwrite'."));
    TlsEngine used = engine == null ? TlsEngine.best() : engine;
    if (used == TlsEngine.BORINGSSL && identity.key().getAlgorithm().equals("EdDSA")) {
      throw new TransportException(
          "Cannot speak TLS with the key "
              + directory.ownKey()
              + ": it is an Ed25519 key, which BoringSSL does not take. Make an EC or RSA key and certificate, or have the JDK compute TLS at all ends (-Dio.netty.handler.ssl.noOpenSsl=true).");
    }
    return Tls.open(used, accepting, guests, identity, trust());
  }

  private Identity identity() {
    List<X509Certificate> chain = Pem.certificates(directory.own());
    return new Identity(chain, Pem.key(directory.ownKey()));
  }

  private TlsTrust trust() {
    Set<X509Certificate> revoked = directory.revokedCertificates();
    return TlsTrust.in(Pem.certificates(directory.authority()), revoked);
  }

  /**
   * Who an end is.
   *
   * @param key secret
   */
  record Identity(List<X509Certificate> chain, PrivateKey key) {
    @Override
    public String toString() {
      return "identity of " + Certificates.subject(chain.get(0));
    }
  }

  @Override
  public String toString() {
    return describe();
  }
}
