package io.netgear.transport.netty;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * Gives one and the same direct memory out wherever it is free and enough, and Netty's own where
 * not: a view of it is made once, and it stays in the processor's cache. For one event loop.
 */
final class ReusedMemory extends AbstractByteBufAllocator {
  private final ByteBuf memory;
  private final ByteBufAllocator others;

  ReusedMemory(int bytes, ByteBufAllocator others) {
    super(true);
    this.memory = DirectMemory.wrap(ByteBuffer.allocateDirect(bytes));
    this.others = others;
  }

  @Override
  protected ByteBuf newDirectBuffer(int bytes, int most) {
    return memory.refCnt() == 1 && bytes <= memory.capacity()
        ? memory.clear().retain()
        : others.directBuffer(bytes, most);
  }

  @Override
  protected ByteBuf newHeapBuffer(int bytes, int most) {
    return others.heapBuffer(bytes, most);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return others.isDirectBufferPooled();
  }
}
