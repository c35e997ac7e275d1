package io.netgear.testkit;

import io.netgear.spi.BufferPool;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A pool that knows who borrowed what, for tests. Thread-safe.
 *
 * <p>Every loan is fresh memory, filled with {@link #UNWRITTEN}, and remembers the stack of its
 * borrower. What is given back is overwritten with {@link #POISON}, so that a reader who kept a
 * view of it sees nonsense instead of the pixels it hoped for.
 */
public final class LeakCheckingPool implements BufferPool {
  /** What memory that was given back holds. */
  public static final byte POISON = (byte) 0xDB;

  /** What memory holds when it is lent. */
  public static final byte UNWRITTEN = (byte) 0xA5;

  /** Limit of a pool that is made without one: 512 MiB. */
  public static final long DEFAULT_LIMIT_BYTES = 512L << 20;

  private final long limitBytes;
  private final Map<PooledBuffer, Loan> loans = new HashMap<>();
  private long lentBytes;
  private long acquired;

  /** The stack of a borrower, kept as an exception so that a failure prints it. */
  private static final class Loan extends Throwable {
    private static final long serialVersionUID = 1L;

    private final transient ByteBuffer memory;

    Loan(ByteBuffer memory) {
      super(memory.capacity() + " bytes borrowed by thread " + Thread.currentThread().getName());
      this.memory = memory;
    }
  }

  /** A pool of {@link #DEFAULT_LIMIT_BYTES}. */
  public LeakCheckingPool() {
    this(DEFAULT_LIMIT_BYTES);
  }

  /** A pool that lends at most {@code limitBytes} at a time. */
  public LeakCheckingPool(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  @Override
  public PooledBuffer acquire(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("A buffer has at least 0 bytes, asked for " + bytes + ".");
    }
    synchronized (this) {
      if (lentBytes + bytes > limitBytes) {
        throw new IllegalStateException(
            "The pool's limit of "
                + limitBytes
                + " bytes is reached: "
                + lentBytes
                + " are lent and "
                + bytes
                + " more are asked for. Give buffers back, or raise the limit.");
      }
      lentBytes += bytes;
      acquired++;
    }
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    fill(memory, UNWRITTEN);
    PooledBuffer lent = new PooledBuffer(memory, this::takeBack);
    Loan loan = new Loan(memory);
    synchronized (this) {
      loans.put(lent, loan);
    }
    return lent;
  }

  @Override
  public synchronized long lentBytes() {
    return lentBytes;
  }

  @Override
  public synchronized long heldBytes() {
    return lentBytes;
  }

  @Override
  public long limitBytes() {
    return limitBytes;
  }

  /** Number of buffers that are lent now. */
  public synchronized int lentBuffers() {
    return loans.size();
  }

  /** Number of buffers lent so far. */
  public synchronized long acquired() {
    return acquired;
  }

  /**
   * Checks that everything was given back.
   *
   * @throws AssertionError with the stacks of those who did not, as suppressed exceptions
   */
  public synchronized void assertNothingLent() {
    if (loans.isEmpty()) {
      return;
    }
    AssertionError leak =
        new AssertionError(
            loans.size()
                + " buffers of "
                + lentBytes
                + " bytes were not given back; their borrowers follow.");
    loans.values().forEach(leak::addSuppressed);
    throw leak;
  }

  /**
   * As {@link #assertNothingLent()}, for users that give back on threads of their own: waits for
   * them, at most {@code patience} of real time.
   */
  public synchronized void awaitNothingLent(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (!loans.isEmpty()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        break;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    assertNothingLent();
  }

  private void takeBack(PooledBuffer lent) {
    Loan loan;
    synchronized (this) {
      loan = loans.get(lent);
    }
    fill(loan.memory, POISON);
    synchronized (this) {
      loans.remove(lent);
      lentBytes -= loan.memory.capacity();
      notifyAll();
    }
  }

  private static void fill(ByteBuffer memory, byte value) {
    // A view of its own: the borrower's position and limit are not ours to move or to obey.
    ByteBuffer whole = memory.duplicate().clear();
    long eight = (value & 0xFFL) * 0x0101_0101_0101_0101L;
    while (whole.remaining() >= Long.BYTES) {
      whole.putLong(eight);
    }
    while (whole.hasRemaining()) {
      whole.put(value);
    }
  }
}
