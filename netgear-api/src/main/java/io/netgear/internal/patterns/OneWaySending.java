package io.netgear.internal.patterns;

import io.netgear.Receipt.Status;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendResult;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The sender of publish-subscribe and push-pull: nothing comes back. */
final class OneWaySending implements SendConversation {
  private static final long FAREWELL_LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final int FAREWELLS_TO_SEVERAL = 20;
  private static final long FAREWELL_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Dialogue dialogue;
  private int failures;
  private boolean nobodyThere;

  OneWaySending(Dialogue dialogue) {
    this.dialogue = dialogue;
  }

  @Override
  public Outcome send(Message frame, long sequence) {
    Deadline deadline =
        Deadline.afterNanos(dialogue.conduct().requestTimeoutNs(), dialogue.ticker());
    SendResult result = dialogue.link().send(frame, deadline);
    nobodyThere = result == SendResult.NO_PEER;
    return switch (result) {
      case SENT -> succeeded();
      case DROPPED -> Outcome.of(Status.DROPPED);
      case CLOSED -> Outcome.of(Status.CLOSED);
      case NO_PEER -> failed(Status.NO_PEER);
      case TIMED_OUT -> failed(Status.TIMED_OUT);
    };
  }

  private Outcome succeeded() {
    if (failures > 0) {
      int recoveredFrom = failures;
      failures = 0;
      dialogue.events().reconnected(recoveredFrom);
    }
    return Outcome.of(Status.SENT);
  }

  private Outcome failed(Status status) {
    failures++;
    GaveUpException.afterTooMany(
        status, failures, dialogue, "No room for a frame at ", Exchange.addresses(dialogue.link()));
    return Outcome.of(status);
  }

  /**
   * A publisher's queue may be full of frames just now, so a goodbye that was dropped is tried
   * again for a moment; a receiver that gets it twice has ended already. With several receivers it
   * is said a few times more, for those whose queue was full when others had room.
   */
  @Override
  public void goodbye(Deadline deadline) {
    if (nobodyThere) {
      return;
    }
    Deadline limit = deadline.orEarlier(Deadline.afterNanos(FAREWELL_LIMIT_NS, dialogue.ticker()));
    boolean severalPeers =
        dialogue.link().connectionsMade() > 1 && dialogue.conduct().port() == null;
    int accepted = 0;
    while (accepted < (severalPeers ? FAREWELLS_TO_SEVERAL : 1)
        && !limit.passed()
        && !Thread.currentThread().isInterrupted()) {
      switch (sayGoodbye(limit)) {
        case SENT -> accepted++;
        case DROPPED -> {}
        case NO_PEER, TIMED_OUT, CLOSED -> {
          return;
        }
      }
      if (accepted == 0 || severalPeers) {
        pause();
      }
    }
  }

  private SendResult sayGoodbye(Deadline limit) {
    return dialogue.link().send(Exchange.goodbye(dialogue), limit);
  }

  private void pause() {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try {
      Deadline.afterNanos(FAREWELL_PAUSE_NS, dialogue.ticker()).await(lock, lock.newCondition());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
