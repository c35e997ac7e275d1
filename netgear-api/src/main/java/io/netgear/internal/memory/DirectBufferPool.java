package io.netgear.internal.memory;

import io.netgear.spi.BufferPool;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Direct memory in size classes, four to a doubling, so that at most a quarter of a buffer is
 * waste.
 *
 * <p>Free memory is kept for ever, until a class that has none would push the pool over its limit:
 * then free memory of other classes is given up, the largest first. A loan that becomes garbage
 * without having been released is reported, with the stack of its borrower where the system
 * property {@code netgear.leaks} is {@code trace}, and no longer counts as lent; its memory is not
 * lent again, because somebody may still read it. Lending memory again allocates a {@link
 * PooledBuffer} and nothing else.
 */
public final class DirectBufferPool implements BufferPool {
  private static final int SMALLEST = 4096;
  private static final int ALIGNMENT = 4096;
  private static final int CLASSES = 4 * Integer.SIZE;

  private final String owner;
  private final long limitBytes;
  private final boolean traceLeaks = "trace".equals(System.getProperty("netgear.leaks"));
  private final Slot[] free = new Slot[CLASSES];
  private final LentBytes lent;
  private long freeBytes;

  /**
   * An empty pool.
   *
   * @param owner whose it is, for messages
   * @param limitBytes most bytes that it ever holds
   */
  public DirectBufferPool(String owner, long limitBytes) {
    this.owner = owner;
    this.limitBytes = limitBytes;
    this.lent = new LentBytes(owner);
  }

  @Override
  public PooledBuffer acquire(int bytes) {
    Slot slot = take(capacityFor(bytes), bytes);
    slot.watch.lend(traceLeaks ? new Throwable("borrowed here") : null);
    slot.memory.clear().limit(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new PooledBuffer(slot.memory, slot);
  }

  private synchronized Slot take(int capacity, int asked) {
    int sizeClass = sizeClass(capacity);
    Slot slot = free[sizeClass];
    if (slot != null) {
      free[sizeClass] = slot.nextFree;
      slot.nextFree = null;
      freeBytes -= capacity;
    } else {
      makeRoom(capacity, asked);
      slot = new Slot(this, allocate(capacity));
    }
    lent.add(capacity);
    return slot;
  }

  /** The JVM's own ceiling of direct memory may lie below this pool's. */
  private ByteBuffer allocate(int capacity) {
    try {
      return ByteBuffer.allocateDirect(capacity);
    } catch (OutOfMemoryError e) {
      throw new IllegalStateException(
          "The JVM has no direct memory left for "
              + capacity
              + " bytes of "
              + owner
              + ", which holds "
              + heldBytes()
              + " of its "
              + limitBytes
              + " bytes. Raise -XX:MaxDirectMemorySize, or lower memoryLimit.",
          e);
    }
  }

  private void makeRoom(int capacity, int asked) {
    for (int i = CLASSES - 1; i >= 0; i--) {
      while (free[i] != null && lent.bytes() + freeBytes + capacity > limitBytes) {
        freeBytes -= free[i].memory.capacity();
        free[i] = free[i].nextFree;
      }
    }
    if (lent.bytes() + capacity > limitBytes) {
      throw new IllegalStateException(
          "The memory of "
              + owner
              + " is used up: "
              + lent.bytes()
              + " of "
              + limitBytes
              + " bytes are lent and "
              + asked
              + " more were asked for. Close received frames when done with them, or raise memoryLimit.");
    }
  }

  private void giveBack(Slot slot) {
    int capacity = slot.memory.capacity();
    slot.watch.returned();
    synchronized (this) {
      lent.add(-capacity);
      freeBytes += capacity;
      slot.nextFree = free[sizeClass(capacity)];
      free[sizeClass(capacity)] = slot;
    }
  }

  /** What is lent for {@code bytes}: a multiple of a quarter of the power of two below them. */
  static int capacityFor(int bytes) {
    if (bytes <= SMALLEST) {
      return SMALLEST;
    }
    int step = Math.max(ALIGNMENT, Integer.highestOneBit(bytes - 1) / 4);
    long rounded = ((long) bytes + step - 1) / step * step;
    return (int) Math.min(rounded, Integer.MAX_VALUE - 8);
  }

  /** Numbers the capacities that there are, larger ones higher. */
  static int sizeClass(int capacity) {
    int doubling = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(capacity - 1);
    int quarter = (capacity - 1) >>> (doubling - 2) & 3;
    return 4 * doubling + quarter;
  }

  @Override
  public long lentBytes() {
    return lent.bytes();
  }

  @Override
  public synchronized long heldBytes() {
    return lent.bytes() + freeBytes;
  }

  @Override
  public long limitBytes() {
    return limitBytes;
  }

  /**
   * Memory of this pool. Free, it hangs in the pool; lent, on its {@link PooledBuffer} alone, so
   * that both become garbage together and the watch sees it.
   */
  private static final class Slot implements Consumer<PooledBuffer> {
    private final DirectBufferPool pool;
    private final ByteBuffer memory;
    private final LeakWatch watch;
    private Slot nextFree;

    Slot(DirectBufferPool pool, ByteBuffer memory) {
      this.pool = pool;
      this.memory = memory;
      this.watch = LeakWatch.over(this, memory.capacity(), pool.lent);
    }

    @Override
    public void accept(PooledBuffer returned) {
      pool.giveBack(this);
    }
  }
}
