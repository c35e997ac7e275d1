package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/**
 * Somebody else's direct memory as Netty's buffer, of which the address is asked once. From Java 24
 * on Netty makes two objects on the heap whenever it asks a buffer for it, which is at each read
 * and each write of the system: some hundred for a large frame.
 */
final class DirectMemory extends UnpooledDirectByteBuf {
  private final long address;

  private DirectMemory(ByteBuffer memory) {
    super(UnpooledByteBufAllocator.DEFAULT, memory, memory.remaining());
    address = hasMemoryAddress() ? super.memoryAddress() : 0;
  }

  /** What is left of {@code memory} to be read, which stays its owner's. */
  static ByteBuf wrap(ByteBuffer memory) {
    return memory.isReadOnly() || !memory.isDirect() || !memory.hasRemaining()
        ? Unpooled.wrappedBuffer(memory)
        : new DirectMemory(memory);
  }

  @Override
  public long memoryAddress() {
    return address;
  }
}
