package io.netgear.internal.patterns;

import io.netgear.Peer;
import io.netgear.Receipt.Status;
import io.netgear.spi.Answer;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendConversation.Share;
import io.netgear.spi.SendResult;

/**
 * One of the receivers of multi-client mode, over a link of its own: whether it is there, and
 * whether it still owes an answer that was waited for in vain.
 *
 * <p>One that owes is left out. It is back when that answer comes after all, when it has connected
 * anew, or, since a peer may lose a frame without losing its connection, on trial: at once where
 * nobody else takes the frame, else after a while that doubles with every trial in vain.
 */
final class Recipient {
  private static final int FIRST_TRIAL_TIMEOUTS = 3;
  private static final int MOST_DOUBLINGS = 5;

  private final Dialogue dialogue;
  private final Link link;
  private Object port;
  private boolean there;
  private boolean reportedLost;
  private boolean owes;
  private boolean onTrial;
  private int silences;
  private long connectionsWhenAsked;
  private Deadline nextTrial;
  private long askedAt;

  Recipient(Dialogue dialogue) {
    this.dialogue = dialogue;
    this.link = dialogue.link();
    this.port = link.addresses().get(0).port();
  }

  Link link() {
    return link;
  }

  /** Whether the frame that was offered last is a trial, which nobody should wait for. */
  boolean onTrial() {
    return onTrial;
  }

  boolean owes() {
    return owes;
  }

  /**
   * Hands {@code frame}, which stays the caller's, to the link.
   *
   * @param insisting as a trial where it still owes an answer: nobody else takes the frame
   * @return false if it did not take it until {@code deadline}
   */
  boolean offer(Message frame, Deadline deadline, boolean insisting) {
    onTrial = false;
    if (owes && !isBack(deadline)) {
      if (!insisting || link.closed()) {
        return false;
      }
      onTrial = true;
      owe(false);
    }
    long connections = link.connectionsMade();
    SendResult result = link.send(retained(frame), deadline);
    if (result == SendResult.SENT) {
      there = true;
      connectionsWhenAsked = connections;
      askedAt = dialogue.ticker().nanos();
      return true;
    }
    if (result == SendResult.NO_PEER && there) {
      there = false;
      reportLost(Status.NO_PEER);
    }
    return false;
  }

  private boolean isBack(Deadline deadline) {
    try (Message late = link.receive(deadline)) {
      if (late != null) {
        owes = false;
        return true;
      }
    }
    onTrial = nextTrial.passed();
    if (link.closed() || (!onTrial && link.connectionsMade() == connectionsWhenAsked)) {
      return false;
    }
    owe(false);
    return true;
  }

  private void owe(boolean owed) {
    owes = owed;
    if (!owed) {
      link.abandon();
    }
  }

  /** The same parts once more. */
  static Message retained(Message message) {
    PooledBuffer[] parts = new PooledBuffer[message.parts()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = message.retainPart(i);
    }
    return Message.of(parts);
  }

  /** What became of the frame that was taken; waits for the answer. */
  Share await(Deadline deadline) {
    Answer answer;
    Peer peer;
    try (Message message = Exchange.receive(dialogue, deadline)) {
      if (message == null) {
        return unanswered();
      }
      peer = message.peer();
      answer = Exchange.read(dialogue, message);
    }
    long roundTripNanos = dialogue.ticker().nanos() - askedAt;
    port = answer.port() == null ? port : answer.port();
    silences = 0;
    if (answer.leaving()) {
      answer.release();
      there = false;
      dialogue.events().left(peer);
      reportedLost = true;
      dialogue.events().receiverLost(port.toString(), Status.NO_PEER);
      return new Share(port, Status.NO_PEER, null, 0);
    }
    if (reportedLost) {
      reportedLost = false;
      dialogue.events().receiverBack(port.toString());
    }
    return new Share(port, Status.ACKNOWLEDGED, answer, roundTripNanos);
  }

  private Share unanswered() {
    if (link.closed()) {
      return new Share(port, Status.CLOSED, null, 0);
    }
    owe(true);
    long wait =
        dialogue.conduct().requestTimeoutNs()
            * (FIRST_TRIAL_TIMEOUTS << Math.min(silences, MOST_DOUBLINGS));
    nextTrial = Deadline.afterNanos(wait, dialogue.ticker());
    silences++;
    if (dialogue.closing().getAsBoolean()) {
      return new Share(port, Status.CLOSED, null, 0);
    }
    reportLost(Status.TIMED_OUT);
    return new Share(port, Status.TIMED_OUT, null, 0);
  }

  /** What to say of it when it was not even sent the frame. */
  Share leftOut() {
    return new Share(port, owes ? Status.TIMED_OUT : Status.NO_PEER, null, 0);
  }

  private void reportLost(Status why) {
    if (!reportedLost) {
      reportedLost = true;
      dialogue.events().receiverLost(port.toString(), why);
    }
  }

  /**
   * Hands it a goodbye, if it is connected.
   *
   * @return whether it is worth waiting for what it says
   */
  boolean tellGoodbye() {
    boolean answersPromptly = !owes;
    if (owes) {
      owe(false);
    }
    Deadline now = Deadline.afterNanos(0, dialogue.ticker());
    boolean sent = link.send(Exchange.goodbye(dialogue), now) == SendResult.SENT;
    return sent && answersPromptly;
  }

  /** Waits for the answer to the goodbye; its coming proves that the goodbye arrived. */
  void awaitGoodbyeAnswer(Deadline deadline) {
    try (Message answer = link.receive(deadline)) {
      if (answer == null && !link.closed()) {
        link.abandon();
      }
    }
  }
}
