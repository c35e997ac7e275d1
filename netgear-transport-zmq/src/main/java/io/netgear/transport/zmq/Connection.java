package io.netgear.transport.zmq;

import io.netgear.Peer;
import zmq.io.Metadata;

/**
 * One connection, as its I/O thread sees it: whom it leads to, and how much of a message has come
 * through it.
 */
final class Connection {
  /** Parts kept of a message, its envelope included; enough to tell that there are too many. */
  static final int KEPT_PARTS = 6;

  private final Metadata metadata;
  private final Peer peer;
  private int parts;
  private long bytes;

  Connection(Metadata metadata) {
    this.metadata = metadata;
    this.peer = Peer.at("tcp://" + metadata.get(Metadata.PEER_ADDRESS));
  }

  /** By identity: two connections may have metadata that read the same. */
  @SuppressWarnings("ReferenceEquality")
  boolean is(Metadata other) {
    return metadata == other;
  }

  Peer peer() {
    return peer;
  }

  /** Counts one more part in. */
  InboundMsg.Fate weigh(int size, boolean more, long maxMessageBytes) {
    parts++;
    bytes += size;
    InboundMsg.Fate fate =
        bytes > maxMessageBytes
            ? InboundMsg.Fate.TOO_LARGE
            : parts > KEPT_PARTS ? InboundMsg.Fate.EXCESS : InboundMsg.Fate.KEPT;
    if (!more) {
      parts = 0;
      bytes = 0;
    }
    return fate;
  }
}
