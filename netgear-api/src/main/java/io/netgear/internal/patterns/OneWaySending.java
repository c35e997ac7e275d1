package io.netgear.internal.patterns;

import io.netgear.Receipt.Status;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;

/** The sender of publish-subscribe and push-pull: nothing comes back. */
final class OneWaySending implements SendConversation {
  private final Dialogue dialogue;
  private int failures;

  OneWaySending(Dialogue dialogue) {
    this.dialogue = dialogue;
  }

  @Override
  public Outcome send(Message frame, long sequence) {
    Deadline deadline =
        Deadline.afterNanos(dialogue.conduct().requestTimeoutNs(), dialogue.ticker());
    return switch (dialogue.link().send(frame, deadline)) {
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
    int allowed = dialogue.conduct().maxRetries();
    if (allowed > 0 && failures >= allowed) {
      throw new GaveUpException(
          status,
          (status == Status.NO_PEER ? "Nobody was reached at " : "No room for a frame at ")
              + AcknowledgedSending.addresses(dialogue.link())
              + " for "
              + failures
              + (failures == 1 ? " frame (" : " frames in a row (")
              + AcknowledgedSending.seconds(dialogue.conduct().requestTimeoutNs())
              + " each); the sender is closed. Is the receiver running? max_retries sets how many are tolerated.");
    }
    return Outcome.of(status);
  }

  @Override
  public void goodbye(Deadline deadline) {
    Message goodbye =
        dialogue
            .wire()
            .goodbye(dialogue.conduct().multiServer() ? dialogue.conduct().port() : null);
    // Nobody answers here, so there is nothing to learn from the result.
    dialogue.link().send(goodbye, deadline);
  }
}
