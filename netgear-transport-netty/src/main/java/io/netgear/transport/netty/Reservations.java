package io.netgear.transport.netty;

import io.netgear.spi.BufferPool;
import io.netgear.spi.PooledBuffer;

/**
 * The memory of messages that are still arriving, over all connections of a link. A length costs
 * its sender nothing, so these share three quarters of the pool, and none gets more than half of
 * what is left of that share, except the first. Belongs to the event loop.
 */
final class Reservations {
  private static final int PAGE = 4096;

  private final BufferPool pool;
  private long reserved;

  Reservations(BufferPool pool) {
    this.pool = pool;
  }

  /** Memory for so many bytes of a message; null when there is none. */
  PooledBuffer reserve(int bytes) {
    long share = pool.limitBytes() / 4 * 3;
    if (reserved > 0 && cost(bytes) > (share - reserved) / 2) {
      return null;
    }
    try {
      PooledBuffer buffer = pool.acquire(bytes);
      reserved += cost(bytes);
      return buffer;
    } catch (IllegalStateException e) {
      // the pool is used up, which is an expected outcome here: whoever asked says what was lost
      return null;
    }
  }

  /** What so many bytes count for: pools lend no less than a page. */
  static int cost(int bytes) {
    return Math.max(bytes, PAGE);
  }

  /** So much of it has arrived, or never will. */
  void settle(long bytes) {
    reserved -= bytes;
  }

  /** For messages. */
  String state() {
    return pool.lentBytes() + " of " + pool.limitBytes() + " bytes of the pool are lent";
  }
}
