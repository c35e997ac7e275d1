package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.util.function.Supplier;

/**
 * Has Netty read where it is told: into the very memory of a large part once its length is known,
 * so that its bytes are touched once between the system and the decoder; or, inside TLS, always
 * into the same memory.
 */
final class Landing extends DefaultMaxMessagesRecvByteBufAllocator {
  private final Supplier<ByteBuf> target;
  private final int usualBytes;

  /**
   * @param target where the next bytes are read to
   * @param usualBytes how much room there is, mostly
   */
  Landing(Supplier<ByteBuf> target, int usualBytes) {
    this.target = target;
    this.usualBytes = usualBytes;
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own word for the type that this method must return
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return target.get();
      }

      @Override
      public int guess() {
        return usualBytes;
      }
    };
  }
}
