package io.netgear.transport.zmq;

import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.LinkSpec;
import zmq.SocketBase;
import zmq.ZMQ;
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

  /** The first attempt after a connection was lost; each further one takes twice as long. */
  private static final int RECONNECT_MS = 20;

  private static final int RECONNECT_MAX_MS = 1_000;
  private static final int HANDSHAKE_MS = 5_000;

  /** A peer that says nothing is asked this often. */
  private static final int HEARTBEAT_MS = 5_000;

  /**
   * Longer than a raw frame takes over 10 Mbit/s: the answer to a heartbeat queues up behind one.
   */
  private static final int HEARTBEAT_TIMEOUT_MS = 15_000;

  private static final int ASKING_DEPTH = 16;

  private static final int KEEPALIVE_IDLE_S = 5;
  private static final int KEEPALIVE_INTERVAL_S = 5;
  private static final int KEEPALIVE_COUNT = 3;

  private SocketOptions() {}

  static void apply(
      SocketBase socket, SocketKind kind, LinkSpec spec, boolean ipv6, MsgAllocator allocator) {
    protect(socket, spec.security());
    int depth = Math.max(1, spec.queueDepth());
    // one request at a time is under way anyhow, and a queue that is never full costs less talk
    // between threads
    int asked = kind.hasEnvelope() ? Math.max(ASKING_DEPTH, depth) : depth;
    set(socket, ZMQ.ZMQ_SNDHWM, kind.routes() ? Math.max(ASKING_DEPTH, depth) : asked);
    set(socket, ZMQ.ZMQ_RCVHWM, asked);
    set(socket, ZMQ.ZMQ_MAXMSGSIZE, kind.receives() ? spec.maxMessageBytes() : SUBSCRIPTION_BYTES);
    set(socket, ZMQ.ZMQ_MSG_ALLOCATOR, allocator);
    set(socket, ZMQ.ZMQ_LINGER, LINGER_MS);
    // no queue before there is a connection: what is not accepted is never sent later
    set(socket, ZMQ.ZMQ_IMMEDIATE, false);
    set(socket, ZMQ.ZMQ_RECONNECT_IVL, RECONNECT_MS);
    set(socket, ZMQ.ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS);
    set(socket, ZMQ.ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS);
    if (!kind.answers()) {
      // JeroMQ sorts its timers into a new list at every turn: where time-outs of answers notice a
      // dead peer, it has none
      set(socket, ZMQ.ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS);
      set(socket, ZMQ.ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT_MS);
    }
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

  private static void protect(SocketBase socket, Security security) {
    if (security != Security.NONE) {
      throw new TransportException(
          "Transport zmq cannot protect "
              + socket.typeString()
              + " with '"
              + security.describe()
              + "'; nothing was opened.");
    }
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
