package io.netgear.internal.memory;

import io.netgear.spi.BufferPool;
import io.netgear.spi.PooledBuffer;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Direct memory in size classes, four to a doubling, so that at most a quarter of a buffer is
 * waste.
 *
 * <p>Free buffers are kept for ever, until a class that has none would push the pool over its
 * limit: then free ones of other classes are given up, the largest first. A loan that becomes
 * garbage without having been released is reported with the stack of its borrower where the system
 * property {@code netgear.leaks} is {@code trace}, and no longer counts as lent; its memory is not
 * lent again, because somebody may still read it.
 */
public final class DirectBufferPool implements BufferPool {
  private static final System.Logger LOG = System.getLogger("io.netgear.memory");
  private static final Cleaner LEAKS = Cleaner.create();
  private static final int SMALLEST = 4096;
  private static final int ALIGNMENT = 4096;

  private final String owner;
  private final long limitBytes;
  private final boolean traceLeaks = "trace".equals(System.getProperty("netgear.leaks"));
  private final TreeMap<Integer, ArrayDeque<ByteBuffer>> free = new TreeMap<>();
  private long lentBytes;
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
  }

  @Override
  public PooledBuffer acquire(int bytes) {
    ByteBuffer memory = take(capacityFor(bytes), bytes).clear().limit(bytes);
    memory.order(ByteOrder.LITTLE_ENDIAN);
    Loan loan =
        new Loan(this, memory.capacity(), traceLeaks ? new Throwable("borrowed here") : null);
    PooledBuffer buffer = new PooledBuffer(memory, returned -> giveBack(loan, memory));
    loan.watch = LEAKS.register(buffer, loan);
    return buffer;
  }

  private synchronized ByteBuffer take(int capacity, int asked) {
    ArrayDeque<ByteBuffer> same = free.get(capacity);
    ByteBuffer memory = same == null ? null : same.pollLast();
    if (memory != null) {
      freeBytes -= capacity;
    } else {
      makeRoom(capacity, asked);
      memory = allocate(capacity);
    }
    lentBytes += capacity;
    return memory;
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
    while (lentBytes + freeBytes + capacity > limitBytes && freeBytes > 0) {
      Map.Entry<Integer, ArrayDeque<ByteBuffer>> largest = free.lastEntry();
      if (largest.getValue().pollLast() == null) {
        free.remove(largest.getKey());
      } else {
        freeBytes -= largest.getKey();
      }
    }
    if (lentBytes + capacity > limitBytes) {
      throw new IllegalStateException(
          "The memory of "
              + owner
              + " is used up: "
              + lentBytes
              + " of "
              + limitBytes
              + " bytes are lent and "
              + asked
              + " more were asked for. Close received frames when done with them, or raise memoryLimit.");
    }
  }

  private void giveBack(Loan loan, ByteBuffer memory) {
    loan.settled = true;
    loan.watch.clean();
    synchronized (this) {
      lentBytes -= memory.capacity();
      freeBytes += memory.capacity();
      free.computeIfAbsent(memory.capacity(), size -> new ArrayDeque<>()).addLast(memory);
    }
  }

  private void forget(int capacity) {
    synchronized (this) {
      lentBytes -= capacity;
    }
  }

  /** The size class for {@code bytes}: a multiple of a quarter of the power of two below it. */
  static int capacityFor(int bytes) {
    if (bytes <= SMALLEST) {
      return SMALLEST;
    }
    int step = Math.max(ALIGNMENT, Integer.highestOneBit(bytes - 1) / 4);
    long rounded = ((long) bytes + step - 1) / step * step;
    return (int) Math.min(rounded, Integer.MAX_VALUE - 8);
  }

  @Override
  public synchronized long lentBytes() {
    return lentBytes;
  }

  @Override
  public synchronized long heldBytes() {
    return lentBytes + freeBytes;
  }

  @Override
  public long limitBytes() {
    return limitBytes;
  }

  /**
   * One loan, reachable from the cleaner and not from the buffer alone, so that a lost buffer is
   * noticed.
   */
  private static final class Loan implements Runnable {
    private final DirectBufferPool pool;
    private final int capacity;
    private final Throwable borrower;
    private Cleaner.Cleanable watch;
    private volatile boolean settled;

    Loan(DirectBufferPool pool, int capacity, Throwable borrower) {
      this.pool = pool;
      this.capacity = capacity;
      this.borrower = borrower;
    }

    @Override
    public void run() {
      if (settled) {
        return;
      }
      pool.forget(capacity);
      LOG.log(
          System.Logger.Level.WARNING,
          "A buffer of "
              + capacity
              + " bytes of "
              + pool.owner
              + " was never given back: a received frame was not closed."
              + (borrower == null ? " Run with -Dnetgear.leaks=trace to see who borrowed it." : ""),
          borrower);
    }
  }
}
