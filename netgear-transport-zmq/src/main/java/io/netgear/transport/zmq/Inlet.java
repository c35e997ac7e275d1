package io.netgear.transport.zmq;

import io.netgear.Peer;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import zmq.Msg;

/**
 * Makes messages of what a socket received: takes the envelope off, and drops what may not pass.
 */
final class Inlet implements Intake {
  private final SocketKind kind;
  private final BufferPool pool;
  private final long maxMessageBytes;
  private final EventTeller teller;
  private final List<Msg> parts = new ArrayList<>();
  private final List<PooledBuffer> bytes = new ArrayList<>();
  private final Envelope envelope;

  Inlet(
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
    parts.clear();
    for (Msg part = first; part != null; part = part.hasMore() ? socket.poll() : null) {
      parts.add(part);
    }
    try {
      return opened();
    } finally {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i) instanceof InboundMsg inbound) {
          inbound.done();
        }
      }
      parts.clear();
    }
  }

  private Message opened() {
    if (!allowed()) {
      return null;
    }
    int body = envelope.open(kind, parts);
    if (body < 0) {
      return null;
    }
    Peer peer = Peer.UNKNOWN;
    for (int i = body; i < parts.size(); i++) {
      InboundMsg part = (InboundMsg) parts.get(i);
      peer = part.from().peer();
      PooledBuffer buffer = bytesOf(part, i > body);
      if (buffer == null) {
        bytes.forEach(PooledBuffer::release);
        bytes.clear();
        noMemory(part);
        return null;
      }
      bytes.add(buffer);
      // whoever releases the buffer gives the part back, perhaps before this method returns
      parts.set(i, null);
    }
    Message message = Message.received(bytes, peer);
    bytes.clear();
    return message;
  }

  private boolean allowed() {
    for (int i = kind.routes() ? 1 : 0; i < parts.size(); i++) {
      InboundMsg part = (InboundMsg) parts.get(i);
      if (part.fate() == InboundMsg.Fate.TOO_LARGE) {
        teller.refused(
            part.from().peer(),
            "it sent a message larger than the limit of "
                + maxMessageBytes
                + " bytes in all its parts; the message was dropped");
        return false;
      }
      if (part.fate() == InboundMsg.Fate.NO_MEMORY) {
        noMemory(part);
        return false;
      }
    }
    return true;
  }

  private void noMemory(InboundMsg part) {
    teller.refused(
        part.from().peer(),
        "there was no memory for a part of "
            + part.announced()
            + " bytes; the message was dropped. "
            + pool.lentBytes()
            + " of "
            + pool.limitBytes()
            + " bytes of the pool are lent");
  }

  /**
   * The part's bytes; all but the first part's in pooled, direct memory, however small they are.
   */
  private PooledBuffer bytesOf(InboundMsg part, boolean payload) {
    PooledBuffer pooled = part.take();
    if (pooled != null) {
      return pooled;
    }
    if (part.fate() == InboundMsg.Fate.EXCESS) {
      part.done();
      return PooledBuffer.unpooled(ByteBuffer.allocate(0));
    }
    if (!payload || part.size() == 0) {
      return part.takeSmall();
    }
    try {
      PooledBuffer direct = pool.acquire(part.size());
      direct.bytes().put(part.buf()).flip();
      part.done();
      return direct;
    } catch (IllegalStateException e) {
      return null;
    }
  }
}
