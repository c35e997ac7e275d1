package io.netgear.internal.runtime;

import io.netgear.DropReason;
import io.netgear.spi.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Threads that decode waiting frames side by side before {@code recv} asks for them, and hand them
 * out in the order in which they waited. Each has a decoder of its own. At most so many frames are
 * decoded, or being decoded, as were asked for.
 */
final class DecodeAhead {
  /** Decodes a frame that the queue gave. */
  interface Decoding {
    /**
     * Null when the frame was dropped. What it throws, {@code recv} throws in the frame's place.
     */
    PooledFrame decode(QueuedFrame queued, PayloadDecoder decoder);
  }

  /**
   * A frame with its pixels.
   *
   * @param queued what it was
   */
  record Decoded(QueuedFrame queued, PooledFrame frame) {}

  private static final class Slot {
    final QueuedFrame queued;
    PooledFrame frame;
    Throwable failure;
    boolean done;

    /** Whether nobody will ask for the frame: closing could not wait for it. */
    boolean abandoned;

    Slot(QueuedFrame queued) {
      this.queued = queued;
    }
  }

  private final FrameQueue queue;
  private final int frames;
  private final Supplier<PayloadDecoder> decoders;
  private final Decoding decoding;
  private final List<Thread> threads = new ArrayList<>();

  /** Held by the one that waits for the queue, so that frames get their places in its order. */
  private final ReentrantLock taking = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final ArrayDeque<Slot> slots = new ArrayDeque<>();

  /** Places that are taken, one of which may still wait for its frame. */
  private int taken;

  private boolean closed;

  /**
   * Makes the threads, which {@link #start} starts.
   *
   * @param frames most frames decoded ahead
   * @param threads how many threads
   */
  DecodeAhead(
      String name,
      int frames,
      int threads,
      FrameQueue queue,
      Supplier<PayloadDecoder> decoders,
      Decoding decoding) {
    this.queue = queue;
    this.frames = frames;
    this.decoders = decoders;
    this.decoding = decoding;
    for (int i = 1; i <= Math.min(frames, threads); i++) {
      Thread thread = new Thread(this::run, "netgear-decode-" + name + "-" + i);
      thread.setDaemon(true);
      this.threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  private void run() {
    try (PayloadDecoder decoder = decoders.get()) {
      Slot slot = next();
      while (slot != null) {
        PooledFrame frame = null;
        Throwable failure = null;
        try {
          frame = decoding.decode(slot.queued, decoder);
        } catch (RuntimeException | Error e) { // told to whoever receives
          failure = e;
        }
        finish(slot, frame, failure);
        slot = next();
      }
    }
  }

  /** The next frame with its place; null when none will come. */
  private Slot next() {
    taking.lock();
    try {
      if (!reserve()) {
        return null;
      }
      QueuedFrame queued = queue.take(Deadline.never(Opening.TICKER));
      return place(queued);
    } catch (InterruptedException e) { // by nobody; as if nothing were to come
      Thread.currentThread().interrupt();
      return place(null);
    } finally {
      taking.unlock();
    }
  }

  private boolean reserve() throws InterruptedException {
    lock.lock();
    try {
      while (taken >= frames && !closed) {
        change.await();
      }
      taken += closed ? 0 : 1;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private Slot place(QueuedFrame queued) {
    lock.lock();
    try {
      if (queued == null) {
        taken--;
        change.signalAll();
        return null;
      }
      Slot slot = new Slot(queued);
      slots.add(slot);
      return slot;
    } finally {
      lock.unlock();
    }
  }

  private void finish(Slot slot, PooledFrame frame, Throwable failure) {
    lock.lock();
    try {
      slot.frame = frame;
      slot.failure = failure;
      slot.done = true;
      change.signalAll();
      if (!slot.abandoned) {
        return;
      }
      slots.remove(slot);
      taken--;
    } finally {
      lock.unlock();
    }
    drop(slot);
  }

  /** The next frame, owned by the caller; null at the deadline and when none will come. */
  Decoded take(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Slot head = slots.peek();
        if (head != null && head.done) {
          remove(head);
          if (head.failure != null) {
            rethrow(head.failure);
          }
          if (head.frame != null) {
            return new Decoded(head.queued, head.frame);
          }
        } else if (deadline.passed() || closed || (taken == 0 && queue.exhausted())) {
          return null;
        } else {
          deadline.await(lock, change);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void remove(Slot head) {
    slots.remove(head);
    taken--;
    change.signalAll();
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  /** Whether no frame will come and none is here. */
  boolean exhausted() {
    lock.lock();
    try {
      return taken == 0 && queue.exhausted();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the threads, once the queue is closed, and drops what was not received. A frame that is
   * being decoded is waited for until the deadline, and dropped later when it takes longer.
   */
  void close(Deadline limit) {
    List<Slot> left = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      change.signalAll();
      awaitDecoding(limit);
      slots.removeIf(slot -> slot.done && left.add(slot));
      taken -= left.size();
      slots.forEach(slot -> slot.abandoned = true);
    } finally {
      lock.unlock();
    }
    left.forEach(this::drop);
  }

  private void awaitDecoding(Deadline limit) {
    try {
      while (slots.stream().anyMatch(slot -> !slot.done) && !limit.passed()) {
        limit.await(lock, change);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drop(Slot slot) {
    if (slot.frame != null) {
      slot.frame.close();
      queue.forget(slot.queued, DropReason.CLOSED);
    }
  }
}
