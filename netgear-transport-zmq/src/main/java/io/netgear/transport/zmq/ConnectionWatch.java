package io.netgear.transport.zmq;

import io.netgear.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import zmq.ZError;
import zmq.ZMQ;
import zmq.util.Errno;

/**
 * What happens to one socket's connections. JeroMQ calls this on its I/O threads, with a lock held;
 * what is to be told is passed on to {@link EventTeller}.
 */
final class ConnectionWatch implements ZMQ.EventConsummer {
  static final int EVENTS =
      ZMQ.ZMQ_EVENT_ACCEPTED
          | ZMQ.ZMQ_EVENT_CONNECTED
          | ZMQ.ZMQ_EVENT_DISCONNECTED
          | ZMQ.ZMQ_EVENT_CONNECT_RETRIED
          | ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL
          | ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_AUTH;

  private static final System.Logger LOG = System.getLogger(ConnectionWatch.class.getName());

  /** JeroMQ, where it is not stuck, ends a connection on its own much sooner. */
  private static final int LET_GO_MS = 2_000;

  /** The revision, as JeroMQ counts them, that is the first to have metadata. */
  private static final int ZMTP_3 = 3;

  private final EventTeller teller;
  private final InboundMemory inbound;
  private final OutboundMemory outbound;
  private final SealedTraffic traffic;
  private final Protection protection;
  private final boolean connects;
  private final boolean oneRoute;
  private final Runnable onGreeted;
  private final Runnable onDeadEnd;
  private final Errno errno = new Errno();
  private final IdentityHashMap<SocketChannel, Peer> peers = new IdentityHashMap<>();

  /** Connections whose end was seen, by one I/O thread, before their beginning, by the other. */
  private final Set<SocketChannel> goneEarly = Collections.newSetFromMap(new WeakHashMap<>());

  private final CountDownLatch released = new CountDownLatch(1);

  /** Lost connections by address, for which JeroMQ has not said yet that it tries again. */
  private final Map<String, Object> retriesOwed = new HashMap<>();

  private volatile int connections;
  private final AtomicLong made = new AtomicLong();

  /**
   * @param oneRoute whether no second connection can be made while one is being lost
   * @param onGreeted called, on the I/O thread, before a peer can show a key
   * @param onDeadEnd called when JeroMQ has given up a connection for good, which it does after a
   *     breach of protocol
   */
  ConnectionWatch(
      EventTeller teller,
      InboundMemory inbound,
      OutboundMemory outbound,
      SealedTraffic traffic,
      Protection protection,
      boolean connects,
      boolean oneRoute,
      Runnable onGreeted,
      Runnable onDeadEnd) {
    this.traffic = traffic;
    this.protection = protection;
    this.onGreeted = onGreeted;
    this.teller = teller;
    this.inbound = inbound;
    this.outbound = outbound;
    this.connects = connects;
    this.oneRoute = oneRoute;
    this.onDeadEnd = onDeadEnd;
    inbound.onCutOff(this::hangUp);
  }

  /** How many connections there are now. Any thread. */
  int connections() {
    return connections;
  }

  /** How many connections were made in all. Any thread. */
  long connectionsMade() {
    return made.get();
  }

  @Override
  public void consume(ZMQ.Event event) {
    switch (event.event) {
      case ZMQ.ZMQ_EVENT_ACCEPTED, ZMQ.ZMQ_EVENT_CONNECTED -> came((SocketChannel) event.arg);
      case ZMQ.ZMQ_EVENT_DISCONNECTED -> went((SocketChannel) event.arg, event.addr);
      case ZMQ.ZMQ_EVENT_CONNECT_RETRIED -> retried(event.addr);
      case ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_AUTH -> {
        traffic.turnedAway();
        teller.refused(Peer.at(event.addr), protection.turnedAway((Integer) event.arg));
      }
      case ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL -> {
        onGreeted.run();
        if ((Integer) event.arg < ZMTP_3) {
          inbound.oldPeerMet();
        }
      }
      default -> throw new IllegalStateException("Event " + event.event + " was not asked for.");
    }
  }

  private void came(SocketChannel channel) {
    Peer peer = peerOf(channel);
    synchronized (peers) {
      if (goneEarly.remove(channel)) {
        return;
      }
      peers.put(channel, peer);
      connections = peers.size();
      made.incrementAndGet();
      teller.connected(peer);
    }
    if (channel instanceof BulkChannel visitor && !visitor.isMet()) {
      teller.later(() -> turnAwayUnmet(visitor, peer), SocketOptions.HANDSHAKE_MS);
    }
  }

  /** JeroMQ itself stops waiting only for a greeting, and not for what should follow it. */
  private void turnAwayUnmet(BulkChannel visitor, Peer peer) {
    if (visitor.isMet() || !isKnown(visitor)) {
      return;
    }
    traffic.turnedAway();
    teller.refused(
        peer,
        protection.seals()
            ? protection.neverMet()
            : "it did not complete the handshake within "
                + SocketOptions.HANDSHAKE_MS / 1000
                + " s; its connection was closed");
    shutDownInput(visitor);
    teller.later(() -> letGo(visitor), LET_GO_MS);
  }

  private boolean isKnown(SocketChannel channel) {
    synchronized (peers) {
      return peers.containsKey(channel);
    }
  }

  /** JeroMQ does not notice the end of a connection from which it has stopped reading. */
  private void letGo(BulkChannel visitor) {
    Peer known;
    synchronized (peers) {
      known = peers.remove(visitor);
      connections = peers.size();
    }
    if (known == null) {
      return;
    }
    try {
      visitor.letGo();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection that was to be ended has ended.", e);
    }
    teller.lost(known);
  }

  private void went(SocketChannel channel, String endpoint) {
    boolean tooLarge = errno.is(ZError.EMSGSIZE);
    errno.set(0);
    Peer known;
    synchronized (peers) {
      known = peers.remove(channel);
      connections = peers.size();
      if (known == null) {
        goneEarly.add(channel);
      }
    }
    boolean unmet = protection.seals() && traffic.endedUnmet(connections);
    if (oneRoute && connections == 0) {
      outbound.releaseOffered();
      inbound.releaseUnfinished();
    }
    if (connects) {
      oweRetry(endpoint);
    }
    // JeroMQ closes the channel only after this
    Peer peer = known == null ? peerOf(channel) : known;
    inbound.forget(peer.address());
    if (tooLarge) {
      teller.refused(
          peer,
          "it sent a part larger than the limit of "
              + inbound.maxMessageBytes()
              + " bytes; its connection was closed");
    }
    if (unmet) {
      teller.refused(peer, protection.neverMet());
    }
    if (known != null) {
      teller.lost(peer);
    }
  }

  /**
   * What the system has not sent yet of the connections that there are goes with them when they are
   * closed. Else it goes on trying, and what was given up arrives seconds after what came later.
   */
  void dropUnsent() {
    synchronized (peers) {
      peers.keySet().forEach(ConnectionWatch::lingerNever);
    }
  }

  private static void lingerNever(SocketChannel channel) {
    try {
      SocketChannel unused = channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection that was to be dropped has ended.", e);
    }
  }

  /** Ends the connection as if the peer had: JeroMQ's engine reads that nothing more comes. */
  private void hangUp(Peer peer) {
    synchronized (peers) {
      for (Map.Entry<SocketChannel, Peer> each : peers.entrySet()) {
        if (each.getValue().equals(peer)) {
          shutDownInput(each.getKey());
        }
      }
    }
  }

  private static void shutDownInput(SocketChannel channel) {
    try {
      SocketChannel unused = channel.shutdownInput();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection that was to be ended has ended.", e);
    }
  }

  private void oweRetry(String endpoint) {
    Object loss = new Object();
    synchronized (retriesOwed) {
      retriesOwed.put(endpoint, loss);
    }
    teller.later(() -> checkDeadEnd(endpoint, loss));
  }

  private void retried(String endpoint) {
    synchronized (retriesOwed) {
      retriesOwed.remove(endpoint);
    }
  }

  private void checkDeadEnd(String endpoint, Object loss) {
    boolean owed;
    synchronized (retriesOwed) {
      owed = retriesOwed.remove(endpoint, loss);
    }
    if (owed) {
      onDeadEnd.run();
    }
  }

  private static Peer peerOf(SocketChannel channel) {
    try {
      InetSocketAddress address = (InetSocketAddress) channel.getRemoteAddress();
      return address == null
          ? Peer.UNKNOWN
          : Peer.at("tcp://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    } catch (IOException e) {
      // it is gone already; the event of that follows
      return Peer.UNKNOWN;
    }
  }

  /** JeroMQ has destroyed the socket. */
  @Override
  public void close() {
    synchronized (peers) {
      peers.values().forEach(teller::lost);
      peers.clear();
      connections = 0;
    }
    synchronized (retriesOwed) {
      retriesOwed.clear();
    }
    released.countDown();
  }

  /** Waits until JeroMQ has destroyed the socket; answers whether it has. */
  boolean awaitReleased(long millis) throws InterruptedException {
    return released.await(millis, TimeUnit.MILLISECONDS);
  }
}
