package io.netgear.transport.netty;

import io.netgear.spi.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;

/**
 * Writes messages as frames. Headers and small parts are put together in one small buffer, which is
 * the connection's and used again for each message; large parts are written from where they lie.
 * One message at a time. Belongs to the event loop.
 */
final class FrameWriter {
  private static final int MOST_SMALL = 1024;
  private static final int SMALL_BUFFER = 4096;

  private final Channel channel;
  private final ByteBuf own = Unpooled.directBuffer(SMALL_BUFFER, SMALL_BUFFER);

  FrameWriter(Channel channel) {
    this.channel = channel;
  }

  /** {@code written} is completed when no byte of the message is needed any more. */
  void write(Outgoing outgoing, ChannelPromise written) {
    int smallBytes = smallBytes(outgoing);
    ByteBuf small = smallBytes <= SMALL_BUFFER ? own.clear() : Unpooled.directBuffer(smallBytes);
    if (smallBytes <= SMALL_BUFFER) {
      small.retain();
    }
    small.writeBytes(outgoing.before());
    Message message = outgoing.message();
    int from = 0;
    int last = message.parts() - 1;
    boolean endsSmall = copies(message.part(last));
    for (int i = 0; i <= last; i++) {
      ByteBuffer part = message.part(i);
      Frame.header(small, i < last ? Frame.MORE : 0, part.remaining());
      if (copies(part)) {
        copy(part, small);
      } else {
        write(small.retainedSlice(from, small.writerIndex() - from), channel.voidPromise());
        from = small.writerIndex();
        write(DirectMemory.wrap(part), i < last ? channel.voidPromise() : written);
      }
    }
    // with its last part handed over, the message may be gone
    if (endsSmall) {
      write(small.retainedSlice(from, small.writerIndex() - from), written);
    }
    small.release();
    channel.flush();
  }

  private static void copy(ByteBuffer part, ByteBuf to) {
    if (part.hasArray()) {
      to.writeBytes(part.array(), part.arrayOffset() + part.position(), part.remaining());
    } else {
      to.writeBytes(part.duplicate());
    }
  }

  private void write(ByteBuf bytes, ChannelPromise promise) {
    ChannelFuture unused = channel.write(bytes, promise);
  }

  private static int smallBytes(Outgoing outgoing) {
    Message message = outgoing.message();
    int bytes = outgoing.before().length;
    for (int i = 0; i < message.parts(); i++) {
      ByteBuffer part = message.part(i);
      bytes += Frame.headerBytes(part.remaining()) + (copies(part) ? part.remaining() : 0);
    }
    return bytes;
  }

  /** Memory on the heap would be copied on its way to the system anyway. */
  private static boolean copies(ByteBuffer part) {
    return !part.isDirect() || part.remaining() <= MOST_SMALL;
  }

  /** Nothing is written any more. */
  void close() {
    own.release();
  }
}
