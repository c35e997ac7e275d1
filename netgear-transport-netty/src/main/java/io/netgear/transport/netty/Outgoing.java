package io.netgear.transport.netty;

import io.netgear.spi.Message;
import java.util.concurrent.atomic.AtomicInteger;

/** A message on its way to one peer, or to several; closed when all of them are done with it. */
final class Outgoing {
  private static final byte[] NOTHING = {};

  private final Message message;
  private final byte[] before;
  private final AtomicInteger users = new AtomicInteger(1);

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

  void retain() {
    users.incrementAndGet();
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      message.close();
    }
  }
}
