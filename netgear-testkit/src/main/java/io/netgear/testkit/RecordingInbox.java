package io.netgear.testkit;

import io.netgear.Peer;
import io.netgear.StreamEnd;
import io.netgear.spi.Deadline;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Inbox;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * An inbox that remembers what a receiver's conversation put into it, with as many slots as a test
 * allows. Thread-safe.
 */
public final class RecordingInbox implements Inbox {
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<Pending> pendings = new ArrayList<>();
  private final List<StreamEnd> ends = new ArrayList<>();
  private int slots = Integer.MAX_VALUE;
  private boolean returnsData;
  private boolean reserving;
  private boolean closed;

  /** An inbox with room for everything, whose frames need no answer. */
  public RecordingInbox() {
    this(Duration.ofSeconds(20));
  }

  RecordingInbox(Duration patience) {
    this.patience = patience;
  }

  /**
   * A frame that arrived.
   *
   * @param header its header
   * @param payload a copy of its bytes, read-only
   * @param peer who sent it
   * @param receivedMicros when it came
   */
  public record Arrival(FrameHeader header, ByteBuffer payload, Peer peer, long receivedMicros) {}

  /** From now on, {@code count} frames find a slot and the others wait. */
  public void allow(int count) {
    change(() -> slots = count);
  }

  /** From now on, frames wait for {@link #answer}. */
  public void answerByHand() {
    change(() -> returnsData = true);
  }

  /** From now on, nobody gets a slot and nobody waits. */
  public void close() {
    change(() -> closed = true);
  }

  /** Answers the frame that waits for it, with a message or null for nothing to return. */
  public void answer(int arrival, Message answer) throws InterruptedException {
    awaitArrivals(arrival + 1);
    change(
        () -> {
          Pending pending = pendings.get(arrival);
          pending.answered = true;
          pending.answer = answer;
        });
  }

  /** What arrived so far. */
  public List<Arrival> arrivals() {
    lock.lock();
    try {
      return List.copyOf(arrivals);
    } finally {
      lock.unlock();
    }
  }

  /** The ends that were told so far; only the first counts. */
  public List<StreamEnd> ends() {
    lock.lock();
    try {
      return List.copyOf(ends);
    } finally {
      lock.unlock();
    }
  }

  /** Waits, in real time, until {@code count} frames have arrived. */
  public void awaitArrivals(int count) throws InterruptedException {
    await(count + " frames", () -> arrivals.size() >= count);
  }

  /** Waits, in real time, until a frame waits for a slot. */
  public void awaitReserving() throws InterruptedException {
    await("a frame that waits for a slot", () -> reserving);
  }

  private void await(String what, BooleanSupplier happened) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!happened.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError(
              "Expected " + what + "; " + arrivals.size() + " frames have arrived.");
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean reserve(Deadline deadline) {
    lock.lock();
    try {
      reserving = slots == 0;
      changed.signalAll();
      while (slots == 0 && !closed && !deadline.passed()) {
        deadline.await(lock, changed);
      }
      if (closed || slots == 0) {
        return false;
      }
      slots--;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      reserving = false;
      lock.unlock();
    }
  }

  @Override
  public PendingAnswer put(Incoming.FrameArrived frame, Peer peer, long receivedMicros) {
    ByteBuffer bytes = frame.payload().bytes();
    ByteBuffer copy =
        ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip().asReadOnlyBuffer();
    frame.payload().release();
    Pending pending = new Pending();
    change(
        () -> {
          pending.answered = !returnsData;
          pendings.add(pending);
          arrivals.add(new Arrival(frame.header(), copy, peer, receivedMicros));
        });
    return pending;
  }

  @Override
  public void end(StreamEnd end) {
    change(() -> ends.add(end));
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Guarded by the inbox's lock. */
  private final class Pending implements PendingAnswer {
    private boolean answered;
    private Message answer;

    @Override
    public boolean await(Deadline deadline) {
      lock.lock();
      try {
        while (!answered && !closed && !deadline.passed()) {
          deadline.await(lock, changed);
        }
        return answered;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Message message() {
      lock.lock();
      try {
        Message taken = answer;
        answer = null;
        return taken;
      } finally {
        lock.unlock();
      }
    }
  }
}
