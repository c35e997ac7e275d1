package io.netgear.codec.turbojpeg;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One frame's work, cut into parts that may be done in any order by any of the threads that {@link
 * Crew} brings together. Made once for an encoder or decoder and used again for every frame.
 *
 * <p>What a subclass sets before {@link Crew#share} is seen by every thread that does a part; what
 * parts write is seen by the caller when {@code share} returns.
 */
abstract class SharedWork {
  private final Pace pace = new Pace();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger offers = new AtomicInteger();
  private int parts;
  private Thread caller;
  private volatile boolean failed;

  /**
   * How long a caller stays awake for helpers that do their last part, in nanoseconds. Such a part
   * takes about as long; a virtual processor that was halted is back 60 microseconds later.
   */
  private static final long AWAKE_NS = 200_000;

  /**
   * Does one part, with a libjpeg handle that is this thread's alone. Gives false when the part
   * could not be done, which makes the others not worth doing.
   */
  abstract boolean doPart(int index, long handle);

  /** Whether help pays, for the frames of this encoder or decoder. */
  final Pace pace() {
    return pace;
  }

  /** Whether the handles are decoders. */
  abstract boolean decodes();

  final void begin(int parts) {
    this.parts = parts;
    caller = Thread.currentThread();
    failed = false;
    next.set(0);
  }

  /** Whether a part could not be done. */
  final boolean failed() {
    return failed;
  }

  final void fail() {
    failed = true;
  }

  /** Does parts until none is left. */
  final void work(long handle) {
    int index = next.getAndIncrement();
    while (index < parts && !failed) {
      if (!doPart(index, handle)) {
        fail();
      }
      index = next.getAndIncrement();
    }
  }

  /** Counts a helper that may come. Whoever offers counts first, so that none comes uncounted. */
  final void offered() {
    offers.incrementAndGet();
  }

  /** By the caller: an offered helper will not come. */
  final void withdrawn() {
    offers.decrementAndGet();
  }

  /** By a helper that came: it is done, and touches nothing of this frame any more. */
  final void left() {
    Thread waiting = caller;
    if (offers.decrementAndGet() == 0) {
      LockSupport.unpark(waiting);
    }
  }

  /** Waits until every helper that came has left. An interrupt is kept for later. */
  final void awaitHelpers() {
    boolean interrupted = false;
    long begin = System.nanoTime();
    while (offers.get() > 0 && System.nanoTime() - begin < AWAKE_NS) {
      Thread.onSpinWait();
    }
    while (offers.get() > 0) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    caller = null;
  }
}
