package io.netgear.transport.zmq;

import io.netgear.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.IdentityHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import zmq.ZError;
import zmq.ZMQ;
import zmq.util.Errno;

/**
 * What happens to one socket's connections. JeroMQ calls this on its I/O thread, with a lock held;
 * what is to be told is passed on to {@link EventTeller}.
 */
final class ConnectionWatch implements ZMQ.EventConsummer {
  static final int EVENTS =
      ZMQ.ZMQ_EVENT_ACCEPTED
          | ZMQ.ZMQ_EVENT_CONNECTED
          | ZMQ.ZMQ_EVENT_DISCONNECTED
          | ZMQ.ZMQ_EVENT_CONNECT_RETRIED
          | ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL;

  /** The revision, as JeroMQ counts them, that is the first to have metadata. */
  private static final int ZMTP_3 = 3;

  private final EventTeller teller;
  private final InboundMemory inbound;
  private final OutboundMemory outbound;
  private final boolean connects;
  private final Runnable onDeadEnd;
  private final Errno errno = new Errno();
  private final IdentityHashMap<SocketChannel, Peer> peers = new IdentityHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile int connections;
  private int retriesOwed;

  /**
   * @param onDeadEnd called when JeroMQ has given up a connection for good, which it does after a
   *     breach of protocol
   */
  ConnectionWatch(
      EventTeller teller,
      InboundMemory inbound,
      OutboundMemory outbound,
      boolean connects,
      Runnable onDeadEnd) {
    this.teller = teller;
    this.inbound = inbound;
    this.outbound = outbound;
    this.connects = connects;
    this.onDeadEnd = onDeadEnd;
  }

  /** How many connections there are now. Any thread. */
  int connections() {
    return connections;
  }

  @Override
  public void consume(ZMQ.Event event) {
    switch (event.event) {
      case ZMQ.ZMQ_EVENT_ACCEPTED, ZMQ.ZMQ_EVENT_CONNECTED -> came((SocketChannel) event.arg);
      case ZMQ.ZMQ_EVENT_DISCONNECTED -> went((SocketChannel) event.arg);
      case ZMQ.ZMQ_EVENT_CONNECT_RETRIED -> retried();
      case ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL -> {
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
      peers.put(channel, peer);
      connections = peers.size();
    }
    teller.connected(peer);
    if (connects) {
      teller.later(() -> checkSilenced(channel));
    }
  }

  /**
   * Whether JeroMQ has lost sight of a connection that it has just made; see {@link SecondAttempt}.
   */
  private void checkSilenced(SocketChannel channel) {
    if (channel.isOpen() && !channel.isRegistered()) {
      onDeadEnd.run();
    }
  }

  private void went(SocketChannel channel) {
    boolean tooLarge = errno.is(ZError.EMSGSIZE);
    errno.set(0);
    Peer peer;
    synchronized (peers) {
      peer = peers.remove(channel);
      connections = peers.size();
    }
    if (connections == 0) {
      outbound.releaseOffered();
      inbound.releaseUnfinished();
    }
    if (peer == null) {
      return;
    }
    inbound.forget(peer.address());
    if (tooLarge) {
      teller.refused(
          peer,
          "it sent a part larger than the limit of "
              + inbound.maxMessageBytes()
              + " bytes; its connection was closed");
    }
    teller.lost(peer);
    if (connects) {
      retryIsOwed();
    }
  }

  private synchronized void retryIsOwed() {
    retriesOwed++;
    teller.later(this::checkDeadEnd);
  }

  private synchronized void retried() {
    if (retriesOwed > 0) {
      retriesOwed--;
    }
  }

  private synchronized void checkDeadEnd() {
    if (retriesOwed > 0) {
      retriesOwed = 0;
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
    released.countDown();
  }

  /** Waits until JeroMQ has destroyed the socket; answers whether it has. */
  boolean awaitReleased(long millis) throws InterruptedException {
    return released.await(millis, TimeUnit.MILLISECONDS);
  }
}
