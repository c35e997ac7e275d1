package io.netgear.spi;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Security;
import java.util.List;

/**
 * All that a transport needs to know to open a link.
 *
 * @param role the part it plays
 * @param bind whether to bind (wait for peers) or to connect (and reconnect for as long as it is
 *     open)
 * @param addresses where, at least one; with {@code bind}, port 0 means any free port and host
 *     {@code *} every interface
 * @param queueDepth most messages that the transport queues a peer and a direction
 * @param maxMessageBytes largest message accepted, all parts together; a larger one is refused
 *     before memory is reserved for it
 * @param security what to protect it with; a transport that does not know it throws
 * @param pool where memory for payloads comes from
 * @param events whom to tell of peers that come, go and are refused; called on the transport's
 *     threads
 * @param ticker the clock that deadlines are measured by
 * @param name for threads and log lines
 * @param web how to serve browsers too; null for not at all, as for all but binding PUBLISH links
 *     of a transport that {@linkplain Transport#servesBrowsers can}
 * @param through where to connect instead of to the one address, which the peer there still has to
 *     prove to be: the local end of a tunnel, with protocol tcp; null for the address itself, as
 *     for all addresses but those of {@link Transport#tunnelled} besides tcp
 */
public record LinkSpec(
    LinkRole role,
    boolean bind,
    List<Address> addresses,
    int queueDepth,
    long maxMessageBytes,
    Security security,
    BufferPool pool,
    Events events,
    Ticker ticker,
    String name,
    WebSpec web,
    Address through) {
  /** Copies the list and checks that there is an address, and one only to go through a tunnel. */
  public LinkSpec {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("A link needs at least one address.");
    }
    if (through != null && (bind || addresses.size() > 1)) {
      throw new IllegalArgumentException(
          "A link through " + through + " connects to one address, got " + addresses + ".");
    }
  }

  /** Of a link that goes straight to its addresses. */
  public LinkSpec(
      LinkRole role,
      boolean bind,
      List<Address> addresses,
      int queueDepth,
      long maxMessageBytes,
      Security security,
      BufferPool pool,
      Events events,
      Ticker ticker,
      String name,
      WebSpec web) {
    this(
        role,
        bind,
        addresses,
        queueDepth,
        maxMessageBytes,
        security,
        pool,
        events,
        ticker,
        name,
        web,
        null);
  }

  /** Of a link that serves no browsers. */
  public LinkSpec(
      LinkRole role,
      boolean bind,
      List<Address> addresses,
      int queueDepth,
      long maxMessageBytes,
      Security security,
      BufferPool pool,
      Events events,
      Ticker ticker,
      String name) {
    this(
        role,
        bind,
        addresses,
        queueDepth,
        maxMessageBytes,
        security,
        pool,
        events,
        ticker,
        name,
        null,
        null);
  }
}
