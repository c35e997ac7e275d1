package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;

/**
 * Bytes of a connection that were read and cannot be taken apart yet, since there is no room for
 * their messages. Few, except where a peer has hung up: then the system hands out at once all that
 * it holds, which is taken from what the connections of the link share. Belongs to the event loop.
 */
final class Backlog {
  /**
   * What there is always room for: all that is read of a peer before it is held back. So those that
   * hung up with much unread are in nobody's way.
   */
  static final int OWN_BYTES = 64 << 10;

  /** Bytes for all connections of a link together. Belongs to the event loop. */
  static final class Shared {
    private long left;

    Shared(long bytes) {
      this.left = bytes;
    }
  }

  private final Shared shared;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private long bytes;

  Backlog(Shared shared) {
    this.shared = shared;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Keeps a copy of what is left in {@code in}. */
  void add(ByteBuf in) throws Breach {
    int count = in.readableBytes();
    if (ofShared(bytes + count) - ofShared(bytes) > shared.left) {
      throw new Breach("it hung up with so much unread that its last messages were dropped");
    }
    grow(count);
    waiting.add(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(in)));
    in.skipBytes(count);
  }

  private static long ofShared(long bytes) {
    return Math.max(0, bytes - OWN_BYTES);
  }

  private void grow(long by) {
    shared.left -= ofShared(bytes + by) - ofShared(bytes);
    bytes += by;
  }

  ByteBuf first() {
    return waiting.element();
  }

  /** All of the first was taken apart. */
  void removeFirst() {
    grow(-waiting.remove().capacity());
  }

  void clear() {
    waiting.clear();
    grow(-bytes);
  }
}
