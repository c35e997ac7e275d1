package io.netgear.transport.zmq;

import java.nio.ByteBuffer;
import zmq.Msg;

/**
 * A small part, copied to the heap. Being loaded, it tells that what was loaded before it has been
 * written.
 */
final class SmallMsg extends Msg {
  private final OutboundMemory memory;
  private int queues;

  SmallMsg(OutboundMemory memory, byte[] bytes) {
    super(bytes);
    this.memory = memory;
  }

  @Override
  public ByteBuffer buf() {
    memory.giveBackWritten();
    return super.buf();
  }

  @Override
  public boolean isIdentity() {
    if (!memory.onIoThread()) {
      queues++;
    }
    return false;
  }

  /** How many queues took it, to be asked by the sending thread. */
  int queues() {
    return queues;
  }
}
