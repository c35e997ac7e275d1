package io.netgear.transport.zmq;

import io.netgear.spi.Message;
import zmq.Msg;

/** Makes messages of the parts that a socket received. Belongs to the link's thread. */
interface Intake {
  /**
   * The message that begins with {@code first}, the rest of which {@code socket} has; null when it
   * was dropped.
   */
  Message message(Msg first, ZmqSocket socket);
}
