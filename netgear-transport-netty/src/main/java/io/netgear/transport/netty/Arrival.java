package io.netgear.transport.netty;

import io.netgear.Peer;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The message that is arriving on one connection. Every part is weighed by its header; all but a
 * small first part lie in the link's pool, in direct memory. Belongs to the event loop.
 */
final class Arrival {
  static final int MOST_PARTS = 64;

  /** Nothing that a peer of a link which only sends has to say is longer. */
  private static final int MOST_FROM_LISTENER = 1024;

  private static final int MOST_SMALL = 2048;
  private static final int MOST_ENVELOPE_PARTS = 8;
  private static final int MOST_ENVELOPE_PART = 255;

  private final SocketType type;
  private final long maxMessageBytes;
  private final Reservations reservations;
  private final Peer peer;
  private final List<PooledBuffer> parts = new ArrayList<>();
  private final ByteBuf envelope = Unpooled.buffer(0);

  private final ByteBuffer envelopePart = ByteBuffer.allocate(MOST_ENVELOPE_PART);

  private PooledBuffer current;
  private boolean inEnvelope;
  private int envelopeParts;
  private int request;
  private int count;
  private long bytes;
  private long reserved;
  private String flaw;

  Arrival(SocketType type, long maxMessageBytes, Reservations reservations, Peer peer) {
    this.type = type;
    this.maxMessageBytes = maxMessageBytes;
    this.reservations = reservations;
    this.peer = peer;
    startAnew();
  }

  private void startAnew() {
    inEnvelope = type == SocketType.REP || type == SocketType.REQ;
    envelopeParts = 0;
    envelope.clear();
    request = 0;
    count = 0;
    bytes = 0;
    flaw = null;
    parts.clear();
    reservations.settle(reserved);
    reserved = 0;
  }

  /** Where a part goes; null to skip it. */
  ByteBuffer begin(long length) throws Breach {
    if (inEnvelope && beginEnvelopePart(length)) {
      return envelopePart;
    }
    weigh(length);
    current = flaw != null ? null : part((int) length);
    return current == null ? null : current.bytes();
  }

  private boolean beginEnvelopePart(long length) {
    if (length <= MOST_ENVELOPE_PART && envelopeParts < MOST_ENVELOPE_PARTS) {
      envelopeParts++;
      envelopePart.clear().limit((int) length);
      return true;
    }
    inEnvelope = false;
    flaw = notEnveloped();
    return false;
  }

  private String notEnveloped() {
    return "it sent a "
        + (type == SocketType.REP ? "request" : "reply")
        + " without the empty frame before its parts; the message was dropped";
  }

  private void weigh(long length) throws Breach {
    count++;
    long most = type.receives() ? maxMessageBytes : Math.min(maxMessageBytes, MOST_FROM_LISTENER);
    if (length > most - bytes) {
      throw new Breach(
          "it sent a message larger than the limit of "
              + most
              + " bytes in all its parts; its connection was closed");
    }
    if (count > MOST_PARTS) {
      throw new Breach(
          "it sent a message of more than " + MOST_PARTS + " parts; its connection was closed");
    }
    bytes += length;
  }

  private PooledBuffer part(int length) {
    if (length == 0 || (count == 1 && length <= MOST_SMALL)) {
      return onHeap(length);
    }
    PooledBuffer buffer = reservations.reserve(length);
    if (buffer == null) {
      flaw =
          "there was no memory for a part of "
              + length
              + " bytes; the message was dropped. "
              + reservations.state();
      return null;
    }
    reserved += Reservations.cost(length);
    return buffer;
  }

  private static PooledBuffer onHeap(int length) {
    return PooledBuffer.unpooled(ByteBuffer.allocate(length));
  }

  /** The part that began is complete. */
  void end() {
    if (inEnvelope) {
      endEnvelopePart();
    } else if (current != null) {
      parts.add(current);
    }
    current = null;
  }

  private void endEnvelopePart() {
    if (type == SocketType.REP) {
      Frame.header(envelope, Frame.MORE, envelopePart.remaining());
      envelope.writeBytes(envelopePart.array(), 0, envelopePart.remaining());
    } else if (envelopePart.remaining() == Integer.BYTES && envelopeParts == 1) {
      request = envelopePart.getInt(0);
    } else if (envelopePart.hasRemaining() || envelopeParts != 2) {
      flaw = notEnveloped();
    }
    inEnvelope = envelopePart.hasRemaining();
  }

  /**
   * The message, whose last part has ended; null when it is not fit to be received, and {@link
   * #flaw()} says why. Either way the next one may begin after {@link #done()}.
   */
  Received message() {
    if (parts.isEmpty() && flaw == null) {
      flaw = notEnveloped();
    }
    if (flaw != null) {
      return null;
    }
    Received received =
        new Received(
            Message.received(parts, peer),
            type == SocketType.REP ? ByteBufUtil.getBytes(envelope) : null,
            request);
    parts.clear();
    return received;
  }

  String flaw() {
    return flaw;
  }

  /** The bytes of a message of one small part; empty for any other. */
  byte[] soleBytes() {
    return parts.size() == 1 ? parts.get(0).bytes().array() : new byte[0];
  }

  /** Makes ready for the next message; what is left of this one is given back. */
  void done() {
    parts.forEach(PooledBuffer::release);
    if (current != null) {
      current.release();
      current = null;
    }
    startAnew();
  }
}
