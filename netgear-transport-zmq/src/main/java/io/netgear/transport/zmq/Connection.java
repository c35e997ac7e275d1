package io.netgear.transport.zmq;

import io.netgear.Peer;
import zmq.io.Metadata;

/**
 * One connection, as its I/O thread sees it: whom it leads to, and how much of a message has come
 * through it.
 */
final class Connection {
  /** Parts kept of a message; enough to tell that there are too many. */
  static final int KEPT_PARTS = 64;

  /**
   * What may stand before a request, and is not counted as part of it: the way back through a few
   * hops.
   */
  private static final int ENVELOPE_PARTS = 8;

  private static final int ENVELOPE_PART_BYTES = 255;

  private final Metadata metadata;
  private final Peer peer;
  private final boolean envelopes;
  private int envelopeParts;
  private boolean inEnvelope;
  private boolean lost;
  private int parts;
  private long bytes;

  Connection(Metadata metadata, boolean envelopes) {
    this.envelopes = envelopes;
    this.inEnvelope = envelopes;
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

  /** What still comes through it means nothing. */
  void lose() {
    lost = true;
  }

  boolean isLost() {
    return lost;
  }

  /** Counts one more part in. */
  InboundMsg.Fate weigh(int size, boolean more, long maxMessageBytes) {
    if (isEnvelope(size)) {
      envelopeParts++;
    } else {
      parts++;
      bytes += size;
    }
    InboundMsg.Fate fate =
        bytes > maxMessageBytes
            ? InboundMsg.Fate.TOO_LARGE
            : parts > KEPT_PARTS ? InboundMsg.Fate.EXCESS : InboundMsg.Fate.KEPT;
    if (!more) {
      parts = 0;
      bytes = 0;
      envelopeParts = 0;
      inEnvelope = envelopes;
    }
    return fate;
  }

  private boolean isEnvelope(int size) {
    boolean is = inEnvelope;
    inEnvelope =
        inEnvelope && size > 0 && size <= ENVELOPE_PART_BYTES && envelopeParts < ENVELOPE_PARTS;
    return is && size <= ENVELOPE_PART_BYTES;
  }
}
