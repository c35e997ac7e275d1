package io.netgear.transport.zmq;

import java.nio.ByteBuffer;
import zmq.Msg;

/**
 * A small part, copied to the heap, and used again for another once it is written. Being loaded, it
 * tells that what was loaded before it has been written.
 */
final class SmallMsg extends Msg {
  private final OutboundMemory memory;
  private final ByteBuffer bytes;

  /** What the first engine to load the part writes from: its position says how far it got. */
  private final ByteBuffer view;

  private int size;
  private int queues;
  private boolean offered;
  private int loads;

  SmallMsg(OutboundMemory memory, int capacity) {
    this(memory, ByteBuffer.allocate(capacity));
  }

  private SmallMsg(OutboundMemory memory, ByteBuffer bytes) {
    super(bytes);
    this.memory = memory;
    this.bytes = bytes;
    this.view = bytes.duplicate();
  }

  int capacity() {
    return bytes.capacity();
  }

  /** Begins anew with a copy of what lies between the position and limit of {@code source}. */
  SmallMsg hold(ByteBuffer source) {
    size = source.remaining();
    bytes.clear().put(0, source, source.position(), size).limit(size);
    view.clear().limit(size);
    resetFlags(~0);
    queues = 0;
    offered = false;
    loads = 0;
    return this;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public byte[] data() {
    byte[] copy = new byte[size];
    bytes.get(0, copy);
    return copy;
  }

  @Override
  public ByteBuffer buf() {
    if (!memory.onIoThread()) {
      return bytes.duplicate();
    }
    memory.giveBackWritten();
    loads++;
    if (loads > 1) {
      return bytes.duplicate();
    }
    memory.writing(this);
    return view;
  }

  @Override
  public boolean isIdentity() {
    if (!memory.onIoThread()) {
      queues++;
    }
    return false;
  }

  /** No further queue will take it; answers how many did. Guarded, as all below, by the memory. */
  int offered() {
    offered = true;
    return queues;
  }

  /** Whether the only queue that took it has been through with it. On the I/O thread. */
  boolean isWritten() {
    return offered && queues == 1 && !view.hasRemaining();
  }

  /** Whether several queues took it, which is more than can be followed. */
  boolean isShared() {
    return offered && queues > 1;
  }
}
