package io.netgear.transport.zmq;

import io.netgear.spi.LinkRole;
import zmq.ZMQ;

/**
 * Which of JeroMQ's sockets plays a role, and what it says to peers that it is.
 *
 * <p>They are not always the same. JeroMQ's PAIR turns a new connection away while the last one is
 * not quite forgotten, and never looks at it again, so a peer that reconnects is lost; its REP
 * mixes up return paths when a request stays unanswered. DEALER and ROUTER have neither trouble,
 * and on the wire only the name in the greeting differs.
 */
enum SocketKind {
  /** A binding PAIR: answers go to the connection that the last message came through. */
  PAIR_ANSWERING(ZMQ.ZMQ_ROUTER, ZMQ.ZMQ_PAIR),
  /** A connecting PAIR, or a binding one that sends first. */
  PAIR_ASKING(ZMQ.ZMQ_DEALER, ZMQ.ZMQ_PAIR),
  REQUEST(ZMQ.ZMQ_DEALER, ZMQ.ZMQ_REQ),
  REPLY(ZMQ.ZMQ_ROUTER, ZMQ.ZMQ_REP),
  PUBLISH(ZMQ.ZMQ_XPUB, ZMQ.ZMQ_PUB),
  SUBSCRIBE(ZMQ.ZMQ_SUB, ZMQ.ZMQ_SUB),
  PUSH(ZMQ.ZMQ_PUSH, ZMQ.ZMQ_PUSH),
  PULL(ZMQ.ZMQ_PULL, ZMQ.ZMQ_PULL);

  private final int type;
  private final int says;

  SocketKind(int type, int says) {
    this.type = type;
    this.says = says;
  }

  int type() {
    return type;
  }

  int says() {
    return says;
  }

  /** Whether the first part of what is received says which connection it came through. */
  boolean routes() {
    return type == ZMQ.ZMQ_ROUTER;
  }

  /** Whether peers put parts of their own before an empty one. */
  boolean hasEnvelope() {
    return this == REQUEST || this == REPLY;
  }

  /** Whether each message is answered. */
  boolean answers() {
    return this == PAIR_ANSWERING || this == PAIR_ASKING || hasEnvelope();
  }

  /** Whether messages of peers are more than subscriptions. */
  boolean receives() {
    return this != PUBLISH && this != PUSH;
  }

  static SocketKind of(LinkRole role, boolean bind) {
    return switch (role) {
      case PAIR -> bind ? PAIR_ANSWERING : PAIR_ASKING;
      case REQUEST -> REQUEST;
      case REPLY -> REPLY;
      case PUBLISH -> PUBLISH;
      case SUBSCRIBE -> SUBSCRIBE;
      case PUSH -> PUSH;
      case PULL -> PULL;
    };
  }
}
