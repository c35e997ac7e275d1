package io.netgear.transport.zmq;

import io.netgear.spi.BufferPool;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lends buffers again and again, the last one given back first, so that one given back too early is
 * spoiled at once.
 */
final class TestPool implements BufferPool {
  private final long limit;
  private final Map<Integer, Deque<ByteBuffer>> free = new HashMap<>();
  private long lent;
  private long held;

  TestPool(long limit) {
    this.limit = limit;
  }

  @Override
  public synchronized PooledBuffer acquire(int bytes) {
    int capacity = Math.max(4096, (bytes + 4095) / 4096 * 4096);
    ByteBuffer buffer = free.computeIfAbsent(capacity, c -> new ArrayDeque<>()).pollLast();
    if (buffer == null) {
      if (held + capacity > limit) {
        free.values().forEach(Deque::clear);
        held = lent;
      }
      if (held + capacity > limit) {
        throw new IllegalStateException(
            "The pool's limit of " + limit + " bytes is reached: " + lent + " are lent.");
      }
      held += capacity;
      buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
    lent += capacity;
    buffer.clear().limit(bytes);
    ByteBuffer memory = buffer;
    return new PooledBuffer(memory, given -> takeBack(memory));
  }

  private synchronized void takeBack(ByteBuffer memory) {
    lent -= memory.capacity();
    free.get(memory.capacity()).addLast(memory);
  }

  @Override
  public synchronized long lentBytes() {
    return lent;
  }

  @Override
  public synchronized long heldBytes() {
    return held;
  }

  @Override
  public long limitBytes() {
    return limit;
  }
}
