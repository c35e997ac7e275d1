package io.netgear.transport.netty;

import io.netgear.spi.Message;

/** A message and what stood before it. */
final class Received {
  private final Message message;
  private final byte[] envelope;
  private final int request;

  /**
   * @param envelope the frames before a request, as they are to stand before its reply; null for
   *     other messages
   * @param request the number of the request that a reply belongs to; 0 for other messages
   */
  Received(Message message, byte[] envelope, int request) {
    this.message = message;
    this.envelope = envelope;
    this.request = request;
  }

  Message message() {
    return message;
  }

  byte[] envelope() {
    return envelope;
  }

  int request() {
    return request;
  }
}
