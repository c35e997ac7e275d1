package io.netgear.internal.runtime;

import io.netgear.spi.Answer;
import io.netgear.spi.Deadline;
import io.netgear.spi.Inbox;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Carries one answer from the application's thread to the receive thread. */
final class AnswerSlot implements Inbox.PendingAnswer {
  private static final Answer NOTHING = Answer.acknowledgement(-1, -1, -1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private Answer answer;
  private boolean taken;
  private boolean cancelled;

  /** Gives the answer, owned by the slot from now on; only the first counts. */
  void give(Answer given) {
    lock.lock();
    try {
      if (answer != null || taken || cancelled) {
        given.release();
        return;
      }
      answer = given;
      this.given.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Answers with nothing: the frame was dropped. */
  void giveNothing() {
    give(NOTHING);
  }

  /** Nobody will answer any more, and nobody will wait. */
  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      if (answer != null) {
        answer.release();
        answer = null;
      }
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Answer await(Deadline deadline) {
    lock.lock();
    try {
      while (answer == null && !cancelled && !deadline.passed()) {
        deadline.await(lock, given);
      }
      Answer result = answer;
      answer = null;
      taken = result != null;
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }
}
