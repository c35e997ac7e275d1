package io.netgear.spi;

import io.netgear.Security;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Moves whole messages between peers. Knows nothing about frames, JPEG, JSON or acknowledgements.
 *
 * <p>It decides: binding, connecting, reconnecting, routing, fair queueing, round robin, queue
 * limits, drops of a broadcast (counted), encryption, the size limit, and which reply belongs to
 * which request.
 */
public interface Transport extends Provider {
  /** The roles that its links can play. */
  Set<LinkRole> roles();

  /** The protocols that its addresses may have, such as {@code tcp}. */
  Set<String> protocols();

  /** Whether it can protect a link so. {@link Security#NONE} is always accepted. */
  boolean accepts(Security security);

  /**
   * Its own way to protect a link as {@code request} says, for {@link LinkSpec#security}; touches
   * neither files nor network yet. Empty, and so refused by whoever asked, unless the transport has
   * keys of that kind.
   */
  default Optional<Security> security(SecurityRequest request) {
    return Optional.empty();
  }

  /**
   * Whether its binding PUBLISH links can show browsers what is published, at the same addresses
   * ({@link LinkSpec#web}, {@link Link#show}).
   */
  default boolean servesBrowsers() {
    return false;
  }

  /**
   * The protocols whose links may go through tunnels. A tcp one is opened to the tunnel's local end
   * as to any address; one of any other protocol gets the peer's real address, and connects {@link
   * LinkSpec#through} the local end instead.
   */
  default Set<String> tunnelled() {
    return Set.of("tcp");
  }

  /**
   * What protects links of a protocol that is protected by its nature, such as {@code tls}; touches
   * neither files nor network yet. Empty for any other protocol.
   *
   * @param protocol of all addresses of the link, one of {@link #protocols()}
   * @param keys where its keys or certificates are; null for the usual place
   */
  default Optional<Security> security(String protocol, Path keys) {
    return Optional.empty();
  }

  /**
   * Binds or connects as {@code spec} says and returns once messages can be accepted. The peer need
   * not be there yet.
   *
   * @throws io.netgear.TransportException if an address cannot be bound or resolved, or the
   *     security settings are not this transport's; nothing stays open then
   */
  Link open(LinkSpec spec);
}
