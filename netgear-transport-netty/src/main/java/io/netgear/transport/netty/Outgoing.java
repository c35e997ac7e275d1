package io.netgear.transport.netty;

import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A message on its way to one peer, or to several; closed when all of them are done with it. */
final class Outgoing {
  private static final byte[] NOTHING = {};

  private Message message;
  private final byte[] before;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile boolean gone;

  Outgoing(Message message) {
    this(message, NOTHING);
  }

  /**
   * Owns the message, and has one user.
   *
   * @param before whole frames that stand before the message's own
   */
  Outgoing(Message message, byte[] before) {
    this.message = message;
    this.before = before;
  }

  Message message() {
    return message;
  }

  byte[] before() {
    return before;
  }

  /** Has {@code by} in the place of {@code part}. By whoever sends it, before it is sent. */
  @SuppressWarnings("ReferenceEquality") // the very buffer, not one with the same bytes
  void replace(PooledBuffer part, PooledBuffer by) {
    List<PooledBuffer> parts = new ArrayList<>();
    for (int i = 0; i < message.parts(); i++) {
      PooledBuffer each = message.retainPart(i);
      if (each == part) {
        each.release();
        each = by.retain();
      }
      parts.add(each);
    }
    Message replaced = message;
    message = Message.received(parts, replaced.peer());
    replaced.close();
  }

  /** Whether it was sent, or never will be, and its memory is given back. Any thread. */
  boolean isGone() {
    return gone;
  }

  void retain() {
    users.incrementAndGet();
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      message.close();
      gone = true;
    }
  }
}
