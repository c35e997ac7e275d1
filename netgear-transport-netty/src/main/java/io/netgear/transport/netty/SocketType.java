package io.netgear.transport.netty;

import io.netgear.spi.LinkRole;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What this end says that it is when it shakes hands, and with whom it talks (RFC 28 to 31). */
enum SocketType {
  PAIR(true, "PAIR"),
  REQ(true, "REP", "ROUTER"),
  REP(true, "REQ", "DEALER"),
  PUB(false, "SUB", "XSUB"),
  SUB(true, "PUB", "XPUB"),
  PUSH(false, "PULL"),
  PULL(true, "PUSH");

  private final boolean receives;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> peers;

  SocketType(boolean receives, String... peers) {
    this.receives = receives;
    this.peers = Set.of(peers);
  }

  static SocketType of(LinkRole role) {
    return switch (role) {
      case PAIR -> PAIR;
      case REQUEST -> REQ;
      case REPLY -> REP;
      case PUBLISH -> PUB;
      case SUBSCRIBE -> SUB;
      case PUSH -> PUSH;
      case PULL -> PULL;
    };
  }

  /** Whether messages of a peer are handed to the application. */
  boolean receives() {
    return receives;
  }

  boolean talksTo(String other) {
    return peers.contains(other);
  }

  /** The names of those that it talks to, for messages. */
  String peers() {
    return String.join(" or ", peers.stream().sorted().toList());
  }

  byte[] bytes() {
    return name().getBytes(StandardCharsets.US_ASCII);
  }
}
