package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.TransportException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/** TLS 1.3 for the connections of one link: what they share, until the link ends. */
final class Tls implements AutoCloseable {
  private static final String VERSION = "TLSv1.3";

  /** The fastest of them first; all three are as safe. BoringSSL has an order of its own. */
  private static final List<String> CIPHERS =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /** For a goodbye to be written to a peer that does not read. */
  private static final long GOODBYE_MS = 100;

  /** What is read at once where BoringSSL decrypts it at once; a backlog has room for it. */
  private static final int READ_BYTES = Backlog.OWN_BYTES;

  private final SslContext context;
  private final boolean accepting;
  private final TlsTrust trust;

  /** Where encrypted bytes are read to, of any connection; null for where Netty does. */
  private final ByteBufAllocator incoming;

  /** Where they are decrypted to. */
  private final ByteBufAllocator decrypted;

  /** Where messages are encrypted to. */
  private final ByteBufAllocator outgoing;

  private boolean closed;

  private Tls(TlsEngine engine, SslContext context, boolean accepting, TlsTrust trust) {
    this.context = context;
    this.accepting = accepting;
    this.trust = trust;
    boolean atOnce = engine == TlsEngine.BORINGSSL;
    this.incoming = atOnce ? memory(READ_BYTES) : null;
    this.decrypted = atOnce ? memory(READ_BYTES) : null;
    this.outgoing = atOnce ? memory(RecordWriter.PIECE_BYTES) : null;
  }

  private static ByteBufAllocator memory(int bytes) {
    return new ReusedMemory(bytes, ByteBufAllocator.DEFAULT);
  }

  /**
   * @param guests whether browsers come too, which need not show a certificate; who shows one must
   *     show a good one
   * @throws TransportException if the engine does not take what it is given
   */
  static Tls open(
      TlsEngine engine,
      boolean accepting,
      boolean guests,
      TlsSecurity.Identity identity,
      TlsTrust trust) {
    try {
      SslContextBuilder builder =
          accepting
              ? SslContextBuilder.forServer(identity.key(), identity.chain())
                  .clientAuth(guests ? ClientAuth.OPTIONAL : ClientAuth.REQUIRE)
              : SslContextBuilder.forClient()
                  .keyManager(identity.key(), identity.chain())
                  .endpointIdentificationAlgorithm("HTTPS");
      if (engine == TlsEngine.JDK) {
        builder.ciphers(CIPHERS);
      }
      SslContext context =
          builder.sslProvider(engine.provider()).protocols(VERSION).trustManager(trust).build();
      return new Tls(engine, context, accepting, trust);
    } catch (SSLException | IllegalArgumentException e) {
      throw new TransportException(
          "Cannot speak TLS as "
              + identity
              + ": "
              + Words.innermost(e)
              + ". See whether own.key belongs to own.crt: 'netgear keys list --tls'.",
          e);
    }
  }

  /** The same for the JDK's own sockets. */
  static SSLContext context(TlsSecurity.Identity identity, TlsTrust trust) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry(
          "own", identity.key(), new char[0], identity.chain().toArray(new Certificate[0]));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new TransportException(
          "Cannot speak TLS as " + identity + ": " + Words.innermost(e) + ".", e);
    }
  }

  /**
   * Has {@code channel} read much at once, into memory that is used again and again: BoringSSL
   * takes all of it, so that it is free again, but for the middle of a handshake.
   */
  void readAtOnce(Channel channel) {
    if (incoming != null) {
      channel
          .config()
          .setAllocator(decrypted)
          .setRecvByteBufAllocator(
              new Landing(() -> incoming.directBuffer(READ_BYTES), READ_BYTES));
    }
  }

  /** What encrypts messages at once on a connection that was made; null for its handler. */
  RecordWriter writer(Channel channel) {
    return outgoing == null
        ? null
        : new RecordWriter(channel.pipeline().context(SslHandler.class), outgoing);
  }

  /** Encrypts and decrypts one connection, to or from {@code at}. */
  SslHandler handler(Channel channel, Address at) {
    SslHandler handler =
        accepting
            ? context.newHandler(channel.alloc())
            : context.newHandler(channel.alloc(), at.host(), at.port());
    // a connection has one limit for all that comes before its first message
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(GOODBYE_MS);
    return handler;
  }

  /** Whether the other end of a connection that was made has shown no certificate. */
  static boolean isAnonymous(SSLSession session) {
    try {
      return session.getPeerCertificates().length == 0;
    } catch (SSLPeerUnverifiedException e) {
      return true;
    }
  }

  /**
   * Sees to it that the certificate of a connection that was made is good now.
   *
   * @throws CertificateException if it is not
   */
  void recheck(SSLSession session) throws CertificateException {
    try {
      trust.recheck(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException e) {
      throw new CertificateException("it showed no certificate", e);
    }
  }

  /** No further connection is made. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ReferenceCountUtil.release(context);
    }
  }
}
