package io.netgear.spi;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

/**
 * Memory on loan: a buffer with a count of its owners, given back when the last of them releases
 * it.
 *
 * <p>Made with one owner. The count is thread-safe; the bytes are not. Using the bytes after the
 * last release is a bug that {@link #bytes()} reports.
 */
public final class PooledBuffer {
  private static final AtomicIntegerFieldUpdater<PooledBuffer> OWNERS =
      AtomicIntegerFieldUpdater.newUpdater(PooledBuffer.class, "owners");

  private final ByteBuffer bytes;
  private final Consumer<PooledBuffer> giveBack;
  private volatile int owners = 1;

  /**
   * For pools.
   *
   * @param bytes the memory; its position and limit frame what is lent
   * @param giveBack called once, by the thread of the last release
   */
  public PooledBuffer(ByteBuffer bytes, Consumer<PooledBuffer> giveBack) {
    this.bytes = Objects.requireNonNull(bytes, "bytes");
    this.giveBack = Objects.requireNonNull(giveBack, "giveBack");
  }

  /** Memory of no pool, left to the garbage collector. */
  public static PooledBuffer unpooled(ByteBuffer bytes) {
    return new PooledBuffer(bytes, buffer -> {});
  }

  /**
   * The bytes, between position and limit. Always the same buffer object.
   *
   * @throws IllegalStateException when it was given back already
   */
  public ByteBuffer bytes() {
    if (owners <= 0) {
      throw new IllegalStateException(
          "This buffer was given back already; its memory may belong to another frame.");
    }
    return bytes;
  }

  /** One owner more. */
  public PooledBuffer retain() {
    int now;
    do {
      now = owners;
      if (now <= 0) {
        throw new IllegalStateException(
            "This buffer was given back already and cannot be retained.");
      }
    } while (!OWNERS.compareAndSet(this, now, now + 1));
    return this;
  }

  /**
   * One owner less; the last one gives the memory back.
   *
   * @throws IllegalStateException when it was given back already
   */
  public void release() {
    int left = OWNERS.decrementAndGet(this);
    if (left == 0) {
      giveBack.accept(this);
    } else if (left < 0) {
      OWNERS.incrementAndGet(this);
      throw new IllegalStateException("This buffer was given back already: it is released twice.");
    }
  }
}
