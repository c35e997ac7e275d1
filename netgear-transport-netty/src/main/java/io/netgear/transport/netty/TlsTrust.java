package io.netgear.transport.netty;

import io.netgear.TransportException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom an end trusts. The JDK decides, by the rules of PKIX; here certificates that were revoked
 * are refused besides, and a refusal is put into words.
 */
final class TlsTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager judge;
  private final List<X509Certificate> authorities;
  private final Set<X509Certificate> revoked;

  private TlsTrust(
      X509ExtendedTrustManager judge,
      List<X509Certificate> authorities,
      Set<X509Certificate> revoked) {
    this.judge = judge;
    this.authorities = authorities;
    this.revoked = Set.copyOf(revoked);
  }

  static TlsTrust in(List<X509Certificate> authorities, Set<X509Certificate> revoked) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("authority " + store.size(), authority);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return new TlsTrust(
          (X509ExtendedTrustManager) factory.getTrustManagers()[0], authorities, revoked);
    } catch (GeneralSecurityException | IOException e) {
      throw new TransportException(
          "Cannot use the authority's certificate '"
              + Certificates.subject(authorities.get(0))
              + "': "
              + e.getMessage()
              + ".",
          e);
    }
  }

  private interface Judging {
    void run() throws CertificateException;
  }

  private void judge(X509Certificate[] chain, Judging judging) throws CertificateException {
    try {
      judging.run();
    } catch (CertificateException e) {
      throw new CertificateException("its certificate" + why(chain, e), e);
    }
    refuse(chain[0]);
  }

  private void refuse(X509Certificate certificate) throws CertificateException {
    if (revoked.contains(certificate)) {
      throw new CertificateException(
          "its certificate, of '" + Certificates.subject(certificate) + "', was revoked here");
    }
  }

  /**
   * Looks once more at the certificate of a connection that has been made. One that goes on from an
   * earlier connection shows none again, and time has gone on as well.
   *
   * @throws CertificateException if it is not good any more
   */
  void recheck(Certificate[] chain) throws CertificateException {
    X509Certificate own = (X509Certificate) chain[0];
    Optional<String> why = Certificates.untimely(own);
    if (why.isPresent()) {
      throw new CertificateException("its certificate " + why.get());
    }
    refuse(own);
  }

  private String why(X509Certificate[] chain, CertificateException e) {
    if (chain == null || chain.length == 0) {
      return " is missing";
    }
    X509Certificate own = chain[0];
    String whose = ", of '" + Certificates.subject(own) + "', ";
    Optional<String> untimely = Certificates.untimely(own);
    if (untimely.isPresent()) {
      return whose + untimely.get();
    }
    if (own.getSubjectX500Principal().equals(own.getIssuerX500Principal())
        && !authorities.contains(own)) {
      return whose + "is self-signed: it has to come from the authority in ca.crt";
    }
    if (chain.length == 1 && authorities.stream().noneMatch(each -> isIssuedBy(own, each))) {
      return whose + "is of another authority than the one in ca.crt";
    }
    if (String.valueOf(e.getMessage()).startsWith("No subject alternative")
        || String.valueOf(e.getMessage()).startsWith("No name matching")) {
      List<String> hosts = Certificates.hosts(own);
      return whose
          + (hosts.isEmpty() ? "is for no host" : "is for " + String.join(", ", hosts))
          + ", not for the host that was asked for";
    }
    return whose + "is not valid: " + Words.of(Words.innermost(e));
  }

  private static boolean isIssuedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      // the answer, not a failure
      return false;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge(chain, () -> judge.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge(chain, () -> judge.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge(chain, () -> judge.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge(chain, () -> judge.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge(chain, () -> judge.checkClientTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge(chain, () -> judge.checkServerTrusted(chain, type));
  }

  /** None are named, so that a peer shows what it has, and can be told what is wrong with it. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
