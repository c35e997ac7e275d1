package io.netgear.transport.zmq;

import io.netgear.TransportException;
import io.netgear.spi.LinkSpec;
import java.nio.channels.spi.SelectorProvider;
import zmq.SocketBase;
import zmq.ZMQ;
import zmq.io.net.SelectorProviderChooser;
import zmq.msg.MsgAllocator;

/**
 * Every option of a socket, set in this one place whenever one is opened, for the first time or
 * again. docs/transport-zmq.md has the table.
 */
final class SocketOptions {
  /** How long a closing socket goes on sending what it has accepted. */
  static final int LINGER_MS = 300;

  /** Largest thing that a peer may send to a socket that only sends: a subscription. */
  static final long SUBSCRIPTION_BYTES = 1024;

  /** What encryption adds to a part: its name, its number, its signature and its flags. */
  private static final int SEAL_BYTES = 8 + 8 + 16 + 1;

  /** The first attempt after a connection was lost; each further one takes twice as long. */
  private static final int RECONNECT_MS = 20;

  private static final int RECONNECT_MAX_MS = 1_000;
  static final int HANDSHAKE_MS = 5_000;

  /** A peer that says nothing is asked this often. */
  private static final int HEARTBEAT_MS = 5_000;

  /**
   * Longer than a raw frame takes over 10 Mbit/s: the answer to a heartbeat queues up behind one.
   */
  static final int HEARTBEAT_TIMEOUT_MS = 15_000;

  private static final int ASKING_DEPTH = 16;

  /** Of a message with a frame. */
  private static final int PARTS = 2;

  private static final int KEEPALIVE_IDLE_S = 5;
  private static final int KEEPALIVE_INTERVAL_S = 5;
  private static final int KEEPALIVE_COUNT = 3;

  private SocketOptions() {}

  static void apply(
      SocketBase socket,
      SocketKind kind,
      LinkSpec spec,
      Protection protection,
      boolean ipv6,
      MsgAllocator allocator,
      SelectorProvider connections) {
    SelectorProviderChooser chooser = (address, options) -> connections;
    protection.apply(socket);
    int depth = Math.max(1, spec.queueDepth());
    // one request at a time is under way anyhow, and a queue that is never full costs less talk
    // between threads
    int asked = kind.hasEnvelope() ? Math.max(ASKING_DEPTH, depth) : depth;
    set(socket, ZMQ.ZMQ_SNDHWM, kind.routes() ? Math.max(ASKING_DEPTH, depth) : asked);
    // SealedTraffic says why there is no limit under CURVE
    set(socket, ZMQ.ZMQ_RCVHWM, protection.seals() ? 0 : asked);
    long largest = kind.receives() ? spec.maxMessageBytes() : SUBSCRIPTION_BYTES;
    set(socket, ZMQ.ZMQ_MAXMSGSIZE, protection.seals() ? sealed(largest) : largest);
    set(socket, ZMQ.ZMQ_MSG_ALLOCATOR, allocator);
    set(socket, ZMQ.ZMQ_SELECTOR_PROVIDERCHOOSER, chooser);
    set(socket, ZMQ.ZMQ_LINGER, LINGER_MS);
    // no queue before there is a connection: what is not accepted is never sent later
    set(socket, ZMQ.ZMQ_IMMEDIATE, false);
    set(socket, ZMQ.ZMQ_RECONNECT_IVL, RECONNECT_MS);
    set(socket, ZMQ.ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS);
    set(socket, ZMQ.ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS);
    heartbeats(socket, kind, protection);
    set(socket, ZMQ.ZMQ_TCP_KEEPALIVE, 1);
    set(socket, ZMQ.ZMQ_TCP_KEEPALIVE_IDLE, KEEPALIVE_IDLE_S);
    set(socket, ZMQ.ZMQ_TCP_KEEPALIVE_INTVL, KEEPALIVE_INTERVAL_S);
    set(socket, ZMQ.ZMQ_TCP_KEEPALIVE_CNT, KEEPALIVE_COUNT);
    set(socket, ZMQ.ZMQ_IPV6, ipv6);
    if (kind.says() != kind.type()) {
      set(socket, ZMQ.ZMQ_AS_TYPE, kind.says());
    }
    if (kind.routes()) {
      set(socket, ZMQ.ZMQ_ROUTER_MANDATORY, true);
      set(socket, ZMQ.ZMQ_ROUTER_HANDOVER, true);
    }
    if (kind == SocketKind.SUBSCRIBE) {
      set(socket, ZMQ.ZMQ_SUBSCRIBE, new byte[0]);
    }
  }

  /**
   * Where time-outs of answers notice a dead peer, there are none: JeroMQ sorts its timers into a
   * new list at every turn.
   *
   * <p>PUSH and PULL have none either. A PULL that its application keeps waiting reads no answers,
   * so it would hang up on a peer that is there. And whatever it writes, answers to heartbeats
   * included, to a PUSH that has closed meanwhile makes that one's system reset the connection,
   * with the frames and the goodbye that it still holds. Dead connections are TCP's to find here.
   */
  private static void heartbeats(SocketBase socket, SocketKind kind, Protection protection) {
    if (kind.answers() || kind == SocketKind.PUSH || kind == SocketKind.PULL) {
      return;
    }
    set(socket, ZMQ.ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS);
    set(socket, ZMQ.ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT_MS);
    if (kind.receives() && !protection.seals()) {
      // so long may this end be silent: the other gives it up even when it cannot ask
      set(socket, ZMQ.ZMQ_HEARTBEAT_TTL, HEARTBEAT_TIMEOUT_MS);
    }
  }

  /** How much a socket of that kind may decrypt ahead of its link. */
  static SealedTraffic traffic(SocketKind kind, LinkSpec spec, Runnable onFlood) {
    int depth = Math.max(1, spec.queueDepth());
    boolean holdsBack =
        kind.receives() && kind != SocketKind.REQUEST && kind != SocketKind.PAIR_ASKING;
    long room = Math.min(spec.pool().limitBytes(), Runtime.getRuntime().maxMemory() / 4);
    return new SealedTraffic(
        holdsBack,
        PARTS * (kind.hasEnvelope() ? Math.max(ASKING_DEPTH, depth) : depth + 1),
        Math.max(room, 2 * spec.maxMessageBytes()),
        onFlood);
  }

  /** So large is a part when it is encrypted, and the commands of the handshake are no less. */
  private static long sealed(long bytes) {
    return Math.max(bytes, SUBSCRIPTION_BYTES) + SEAL_BYTES;
  }

  static void set(SocketBase socket, int option, Object value) {
    if (!socket.setSocketOpt(option, value)) {
      throw new TransportException(
          "JeroMQ refused socket option "
              + option
              + " = "
              + value
              + " (error "
              + socket.errno()
              + "); is it version "
              + JeroMqVersion.TEXT
              + "?");
    }
  }
}
