package io.netgear.internal.runtime;

import io.netgear.spi.Deadline;
import io.netgear.spi.Inbox;
import io.netgear.spi.Message;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Carries one answer from the application's thread to the receive thread. */
final class AnswerSlot implements Inbox.PendingAnswer {
  private enum State {
    OPEN,
    GIVEN,
    CANCELLED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition decided = lock.newCondition();
  private State state = State.OPEN;
  private Message answer;

  /**
   * Gives the answer, owned by the slot from now on, or null for none.
   *
   * @return whether it counts: only the first does
   */
  boolean give(Message message) {
    lock.lock();
    try {
      if (state == State.OPEN) {
        state = State.GIVEN;
        answer = message;
        decided.signalAll();
        return true;
      }
      if (message != null) {
        message.close();
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody will answer any more, and nobody will wait. */
  void cancel() {
    lock.lock();
    try {
      state = State.CANCELLED;
      if (answer != null) {
        answer.close();
        answer = null;
      }
      decided.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await(Deadline deadline) {
    lock.lock();
    try {
      while (state == State.OPEN && !deadline.passed()) {
        deadline.await(lock, decided);
      }
      return state == State.GIVEN;
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
