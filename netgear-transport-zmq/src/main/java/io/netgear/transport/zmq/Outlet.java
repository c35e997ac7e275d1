package io.netgear.transport.zmq;

import io.netgear.spi.Message;
import java.util.ArrayList;
import java.util.List;
import zmq.Msg;

/**
 * One message after the other on its way into a socket's queue, with the parts of its envelope in
 * front. Belongs to the link's thread.
 */
final class Outlet {
  private final OutboundMemory memory;
  private final List<Msg> parts = new ArrayList<>();
  private int envelopeParts;

  Outlet(OutboundMemory memory) {
    this.memory = memory;
  }

  /** Owns {@code message} from now on, until {@link #done}. */
  void take(EnvelopeParts envelope, Message message) {
    envelopeParts = envelope.count();
    for (int i = 0; i < envelopeParts; i++) {
      parts.add(memory.small(envelope.part(i)));
    }
    for (int i = 0; i < message.parts(); i++) {
      parts.add(memory.part(message.retainPart(i)));
    }
    message.close();
  }

  Msg first() {
    return parts.get(0);
  }

  boolean firstIsAll() {
    return parts.size() == 1;
  }

  /**
   * Queues what follows the first part; the queue that took the first takes these too, unless its
   * connection ended in between.
   *
   * @return false when it did and the socket is in the middle of a message
   */
  boolean offerRest(ZmqSocket socket) {
    for (int i = 1; i < parts.size(); i++) {
      if (!socket.offerNext(parts.get(i), i < parts.size() - 1)) {
        return false;
      }
    }
    return true;
  }

  /**
   * No more will be tried: buffers that no queue took are free.
   *
   * @return how many queues took the message
   */
  int done() {
    int queues = 0;
    for (int i = 0; i < parts.size(); i++) {
      int taken = memory.offered(parts.get(i));
      queues = i >= envelopeParts ? taken : queues;
    }
    parts.clear();
    return queues;
  }
}
