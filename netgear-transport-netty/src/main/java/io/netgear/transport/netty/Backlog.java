package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;

/**
 * Bytes of a connection that were read and cannot be taken apart yet, since there is no room for
 * their messages. Few, except where a peer has hung up: then the system hands out at once all that
 * it holds. Belongs to the event loop.
 */
final class Backlog {
  private final LinkLoop loop;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private long bytes;

  Backlog(LinkLoop loop) {
    this.loop = loop;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Keeps a copy of what is left in {@code in}. */
  void add(ByteBuf in) throws Breach {
    int count = in.readableBytes();
    if (!loop.addToBacklogs(count)) {
      throw new Breach("it hung up with so much unread that its last messages were dropped");
    }
    bytes += count;
    waiting.add(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(in)));
    in.skipBytes(count);
  }

  ByteBuf first() {
    return waiting.element();
  }

  /** All of the first was taken apart. */
  void removeFirst() {
    int count = waiting.remove().capacity();
    bytes -= count;
    loop.takeFromBacklogs(count);
  }

  void clear() {
    waiting.clear();
    loop.takeFromBacklogs(bytes);
    bytes = 0;
  }
}
