package io.netgear.transport.zmq;

import io.netgear.spi.PooledBuffer;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/**
 * A pooled buffer inside JeroMQ, and the way to get it back when JeroMQ drops the message without a
 * word.
 */
final class InboundLoan extends PhantomReference<InboundMsg> {
  private final PooledBuffer buffer;
  private final int size;
  private boolean complete;

  InboundLoan(InboundMsg msg, PooledBuffer buffer, ReferenceQueue<InboundMsg> dropped) {
    super(msg, dropped);
    this.buffer = buffer;
    this.size = buffer.bytes().remaining();
  }

  /** How many bytes the part has, all told. */
  int size() {
    return size;
  }

  /** The part has arrived as a whole. On the I/O thread, as {@link #isComplete}. */
  void complete() {
    complete = true;
  }

  boolean isComplete() {
    return complete;
  }

  PooledBuffer buffer() {
    return buffer;
  }
}
