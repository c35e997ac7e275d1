package io.netgear.internal.runtime;

import io.netgear.DropReason;
import io.netgear.Peer;
import io.netgear.QueuePolicy;
import io.netgear.StreamEnd;
import io.netgear.internal.stats.Books;
import io.netgear.spi.Deadline;
import io.netgear.spi.Inbox;
import io.netgear.spi.Incoming;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Between the receive thread, which puts, and the application, which takes. Bounded; frames wait
 * encoded, so one that is dropped cost no decoding.
 */
final class FrameQueue implements Inbox {
  private final QueuePolicy policy;
  private final int depth;
  private final boolean returnsData;
  private final Books books;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition change = lock.newCondition();
  private final ArrayDeque<QueuedFrame> frames = new ArrayDeque<>();
  private final SendingOrder order = new SendingOrder();
  private AnswerSlot awaited;
  private StreamEnd end;
  private long lastPutNanos;
  private boolean used;

  FrameQueue(QueuePolicy policy, int depth, boolean returnsData, Books books) {
    this.policy = policy;
    this.depth = depth;
    this.returnsData = returnsData;
    this.books = books;
  }

  @Override
  public boolean reserve(Deadline deadline) {
    lock.lock();
    try {
      // One thread puts, so a slot seen free stays free until that thread fills it.
      while (end == null
          && policy == QueuePolicy.HOLD_BACK
          && frames.size() >= depth
          && !deadline.passed()) {
        deadline.await(lock, room);
      }
      return end == null && (policy == QueuePolicy.NEWEST || frames.size() < depth);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public PendingAnswer put(Incoming.FrameArrived frame, Peer peer, long receivedMicros) {
    AnswerSlot answer = returnsData ? new AnswerSlot() : null;
    QueuedFrame queued =
        new QueuedFrame(frame.header(), frame.payload(), peer, receivedMicros, answer);
    books.offered();
    books.payload(frame.payload().bytes().remaining());
    QueuedFrame unwanted = null;
    DropReason why = DropReason.REPLACED;
    lock.lock();
    try {
      lastPutNanos = Opening.TICKER.nanos();
      used = true;
      if (end != null) {
        unwanted = queued;
        why = DropReason.CLOSED;
      } else if (order.isLate(queued.header(), peer)) {
        unwanted = queued;
        why = DropReason.TOO_OLD;
      } else {
        unwanted = enqueue(queued);
        awaited = answer;
        change.signal();
      }
    } finally {
      lock.unlock();
    }
    if (unwanted != null) {
      drop(unwanted, why);
    }
    return answer;
  }

  /**
   * Takes the frame's place; answers the frame that it takes it from, or null. With several senders
   * that is the older frame of the same one, so that a fast sender pushes no slow one out.
   */
  private QueuedFrame enqueue(QueuedFrame queued) {
    Object port = queued.header().port();
    QueuedFrame older = null;
    for (int i = frames.size(); policy == QueuePolicy.NEWEST && i > 0; i--) {
      QueuedFrame waiting = frames.pollFirst();
      boolean replaced = older == null && Objects.equals(port, waiting.header().port());
      older = replaced ? waiting : older;
      frames.addLast(replaced ? queued : waiting);
    }
    if (older == null) {
      older = frames.size() >= depth ? frames.pollFirst() : null;
      frames.addLast(queued);
    }
    return older;
  }

  /** The next frame, owned by the caller; null at the deadline and when none will come. */
  QueuedFrame take(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (frames.isEmpty() && end == null && !deadline.passed()) {
        deadline.await(lock, change);
      }
      QueuedFrame next = frames.pollFirst();
      room.signal();
      return next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end(StreamEnd reason) {
    lock.lock();
    try {
      if (end != null) {
        return;
      }
      end = reason;
      room.signalAll();
      change.signalAll();
    } finally {
      lock.unlock();
    }
    books.ended(reason);
  }

  /**
   * Ends the stream if it has not ended, and drops what waits. A frame that the application has
   * taken and not answered is acknowledged.
   *
   * @return whether there was such a frame
   */
  boolean close() {
    end(StreamEnd.CLOSED);
    while (true) {
      QueuedFrame left;
      lock.lock();
      try {
        left = frames.pollFirst();
        if (left == null) {
          return awaited != null && awaited.give(null);
        }
      } finally {
        lock.unlock();
      }
      drop(left, DropReason.CLOSED);
    }
  }

  void drop(QueuedFrame frame, DropReason reason) {
    frame.payload().release();
    forget(frame, reason);
  }

  /** Drops a frame whose payload has been released. */
  void forget(QueuedFrame frame, DropReason reason) {
    if (frame.answer() != null && reason == DropReason.CLOSED) {
      frame.answer().cancel();
    } else if (frame.answer() != null) {
      frame.answer().give(null);
    }
    books.dropped(reason);
  }

  /** Whether a frame came within the last {@code nanos}. */
  boolean putWithin(long nanos) {
    lock.lock();
    try {
      return used && Opening.TICKER.nanos() - lastPutNanos <= nanos;
    } finally {
      lock.unlock();
    }
  }

  /** Why no more will come; null while more may. */
  StreamEnd end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** Whether no more will come and none waits. */
  boolean exhausted() {
    lock.lock();
    try {
      return end != null && frames.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
