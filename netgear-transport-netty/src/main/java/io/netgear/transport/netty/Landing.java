package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Has Netty read where a connection says: into the very memory of a large part once its length is
 * known, so that its bytes are touched once between the system and the decoder.
 */
final class Landing extends DefaultMaxMessagesRecvByteBufAllocator {
  private final Connection connection;

  Landing(Connection connection) {
    this.connection = connection;
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own word for the type that this method must return
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return connection.target();
      }

      @Override
      public int guess() {
        return LinkLoop.SCRATCH_BYTES;
      }
    };
  }
}
