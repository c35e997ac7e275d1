package io.netgear.transport.zmq;

import io.netgear.Peer;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * Makes messages of what a socket under CURVE received. JeroMQ decrypts into memory of its own, so
 * they are weighed here, and their payloads copied into the link's pool.
 */
final class SealedInlet implements Intake {
  /** Enough to tell that there are too many. */
  private static final int MOST_PARTS = 2 * Connection.KEPT_PARTS;

  /** What may stand before a request, and is not weighed. */
  private static final int ENVELOPE_BYTES = 2048;

  private final SocketKind kind;
  private final BufferPool pool;
  private final long maxMessageBytes;
  private final EventTeller teller;
  private final Envelope envelope;
  private final List<Msg> parts = new ArrayList<>();

  SealedInlet(
      SocketKind kind,
      BufferPool pool,
      long maxMessageBytes,
      EventTeller teller,
      Envelope envelope) {
    this.kind = kind;
    this.pool = pool;
    this.maxMessageBytes = maxMessageBytes;
    this.teller = teller;
    this.envelope = envelope;
  }

  @Override
  public Message message(Msg first, ZmqSocket socket) {
    long bytes = 0;
    boolean ciphertext = false;
    boolean isWayBack = kind.routes();
    for (Msg part = first; part != null; part = part.hasMore() ? socket.poll() : null) {
      if (!isWayBack) {
        socket.traffic().took(part.size());
        bytes += part.size();
        ciphertext |= part instanceof InboundMsg;
      }
      isWayBack = false;
      if (bytes <= maxMessageBytes + ENVELOPE_BYTES && parts.size() < MOST_PARTS) {
        parts.add(part);
      }
    }
    try {
      return ciphertext ? null : opened(bytes, socket);
    } finally {
      parts.clear();
    }
  }

  private Message opened(long bytes, ZmqSocket socket) {
    Metadata metadata = parts.get(parts.size() - 1).getMetadata();
    Peer peer =
        metadata == null ? Peer.UNKNOWN : Peer.at("tcp://" + metadata.get(Metadata.PEER_ADDRESS));
    if (!socket.admitted(metadata)) {
      teller.refused(peer, "it sent a message without having been let in; the message was dropped");
      return null;
    }
    int body = bytes > maxMessageBytes + ENVELOPE_BYTES ? 0 : envelope.open(kind, parts);
    if (body >= 0 && bytes - bytesBefore(body) > maxMessageBytes) {
      teller.refused(
          peer,
          "it sent a message larger than the limit of "
              + maxMessageBytes
              + " bytes in all its parts; the message was dropped");
      return null;
    }
    return body < 0 ? null : copied(body, peer);
  }

  private int bytesBefore(int body) {
    int bytes = 0;
    for (int i = kind.routes() ? 1 : 0; i < body; i++) {
      bytes += parts.get(i).size();
    }
    return bytes;
  }

  private Message copied(int body, Peer peer) {
    List<PooledBuffer> buffers = new ArrayList<>(parts.size() - body);
    for (int i = body; i < parts.size(); i++) {
      ByteBuffer heap = parts.get(i).buf().order(ByteOrder.LITTLE_ENDIAN);
      try {
        buffers.add(i == body || !heap.hasRemaining() ? PooledBuffer.unpooled(heap) : pooled(heap));
      } catch (IllegalStateException e) {
        buffers.forEach(PooledBuffer::release);
        teller.refused(
            peer,
            "there was no memory for a part of "
                + heap.remaining()
                + " bytes; the message was dropped. "
                + pool.lentBytes()
                + " of "
                + pool.limitBytes()
                + " bytes of the pool are lent");
        return null;
      }
    }
    return Message.received(buffers, peer);
  }

  private PooledBuffer pooled(ByteBuffer heap) {
    PooledBuffer direct = pool.acquire(heap.remaining());
    direct.bytes().put(heap).flip();
    return direct;
  }
}
