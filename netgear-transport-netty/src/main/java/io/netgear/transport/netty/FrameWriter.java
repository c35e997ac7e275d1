package io.netgear.transport.netty;

import io.netgear.spi.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes messages as frames. Headers and small parts are put together in one small buffer, which is
 * the connection's and used again for each message; large parts are written from where they lie.
 * One message at a time. Belongs to the event loop.
 */
final class FrameWriter {
  private static final int MOST_SMALL = 1024;
  private static final int SMALL_BUFFER = 4096;

  private final Channel channel;
  private final RecordWriter records;
  private final boolean letsGo;

  /** Of the message that is being written. */
  private final List<Region> regions = new ArrayList<>();

  private final ByteBuf own = Unpooled.directBuffer(SMALL_BUFFER, SMALL_BUFFER);

  /**
   * @param records what encrypts the messages; null to hand them to the channel as they are
   * @param letsGo whether {@link #letGo} works
   */
  FrameWriter(Channel channel, RecordWriter records, boolean letsGo) {
    this.channel = channel;
    this.records = records;
    this.letsGo = letsGo;
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
        write(small, from, i == last, channel.voidPromise());
        from = small.writerIndex();
        write(part, i < last ? channel.voidPromise() : written);
      }
    }
    // with its last part handed over, the message may be gone
    if (endsSmall) {
      write(small, from, true, written);
    }
    small.release();
    if (records == null) {
      channel.flush();
    } else {
      records.end(written);
    }
  }

  private static void copy(ByteBuffer part, ByteBuf to) {
    if (part.hasArray()) {
      to.writeBytes(part.array(), part.arrayOffset() + part.position(), part.remaining());
    } else {
      to.writeBytes(part.duplicate());
    }
  }

  /** What was put together since {@code from}, which mostly is all there will be. */
  private void write(ByteBuf small, int from, boolean isLast, ChannelPromise promise) {
    int bytes = small.writerIndex() - from;
    if (records != null) {
      records.add(small.internalNioBuffer(from, bytes));
    } else {
      boolean isAll = from == 0 && isLast;
      hand(isAll ? small.retain() : small.retainedSlice(from, bytes), promise);
    }
  }

  private void write(ByteBuffer part, ChannelPromise promise) {
    if (records != null) {
      records.add(part);
    } else if (letsGo && part.isDirect()) {
      Region region = new Region(part);
      regions.add(region);
      hand(region, promise);
    } else {
      hand(DirectMemory.wrap(part), promise);
    }
  }

  /** What is left of {@code part} goes on from {@code spare}. */
  void letGo(ByteBuffer part, ByteBuffer spare) {
    for (Region region : regions) {
      if (region.isOf(part)) {
        region.moveTo(spare);
      }
    }
  }

  /** The message has been written, or never will be. */
  void forget() {
    regions.clear();
  }

  private void hand(Object bytes, ChannelPromise promise) {
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
