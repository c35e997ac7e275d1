package org.example.checked;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Adds a last part to what is sent, and takes it off what is received. */
final class CheckedLink implements Link {
  static final int CHECKSUM_BYTES = Long.BYTES;

  private final Link carrier;
  private final Events events;

  CheckedLink(Link carrier, Events events) {
    this.carrier = carrier;
    this.events = events;
  }

  @Override
  public SendResult send(Message message, Deadline deadline) {
    return carrier.send(sealed(message), deadline);
  }

  @Override
  public Message receive(Deadline deadline) {
    while (true) {
      Message received = carrier.receive(deadline);
      if (received == null) {
        return null; // the deadline has come, or the link was closed
      }
      Message opened = opened(received);
      if (opened != null) {
        return opened;
      }
    }
  }

  @Override
  public void reply(Message message) {
    carrier.reply(sealed(message));
  }

  /**
   * The message with its checksum as one more part. Owns {@code message}; the caller, the result.
   */
  private static Message sealed(Message message) {
    try (message) {
      PooledBuffer[] parts = new PooledBuffer[message.parts() + 1];
      for (int i = 0; i < message.parts(); i++) {
        parts[i] = message.retainPart(i);
      }
      ByteBuffer sum = ByteBuffer.allocate(CHECKSUM_BYTES);
      parts[message.parts()] = PooledBuffer.unpooled(sum.putLong(0, checksum(message, 0)));
      return Message.of(parts);
    }
  }

  /** The message without its checksum; null when it is not right. */
  private Message opened(Message received) {
    try (received) {
      int last = received.parts() - 1;
      ByteBuffer sum = received.part(last).slice();
      if (last < 1
          || sum.remaining() != CHECKSUM_BYTES
          || sum.getLong(0) != checksum(received, 1)) {
        events.refused(received.peer(), "a message's checksum is missing or wrong");
        return null;
      }
      List<PooledBuffer> parts = new ArrayList<>(last);
      for (int i = 0; i < last; i++) {
        parts.add(received.retainPart(i));
      }
      return Message.received(parts, received.peer());
    }
  }

  private static long checksum(Message message, int partsLeftOut) {
    CRC32 sum = new CRC32();
    for (int i = 0; i < message.parts() - partsLeftOut; i++) {
      sum.update(message.part(i).duplicate()); // a duplicate: update moves the position
    }
    return sum.getValue();
  }

  @Override
  public void abandon() {
    carrier.abandon();
  }

  @Override
  public List<Address> addresses() {
    return carrier.addresses();
  }

  @Override
  public boolean closed() {
    return carrier.closed();
  }

  @Override
  public void close() {
    carrier.close();
  }
}
