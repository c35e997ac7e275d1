package io.netgear.internal.patterns;

import io.netgear.Peer;
import io.netgear.Receipt.Status;
import io.netgear.spi.Answer;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendResult;
import java.util.HashSet;
import java.util.Set;

/** The sender of pair and request-reply: one frame, one answer, then the next. */
final class AcknowledgedSending implements SendConversation {
  private final Dialogue dialogue;
  private final Link link;
  private final boolean correlated;

  /**
   * Who has answered in this round; the link deals frames out in turn, so a name seen again ends
   * it.
   */
  private final Set<Peer> round = new HashSet<>();

  /** How many answered in the round before. */
  private int answering;

  private int failures;
  private boolean peerLeft;
  private boolean nobodyThere;

  /**
   * For one link.
   *
   * @param correlated whether the link itself knows which answer belongs to which frame, as REQUEST
   *     does and PAIR does not
   */
  AcknowledgedSending(Dialogue dialogue, boolean correlated) {
    this.dialogue = dialogue;
    this.link = dialogue.link();
    this.correlated = correlated;
  }

  @Override
  public Outcome send(Message frame, long sequence) {
    Deadline deadline =
        Deadline.afterNanos(dialogue.conduct().requestTimeoutNs(), dialogue.ticker());
    long start = dialogue.ticker().nanos();
    SendResult result = link.send(frame, deadline);
    nobodyThere = result == SendResult.NO_PEER;
    return switch (result) {
      case SENT -> awaitAnswer(sequence, start, deadline);
      case DROPPED -> Outcome.of(Status.DROPPED);
      case CLOSED -> Outcome.of(Status.CLOSED);
      case NO_PEER -> failed(Status.NO_PEER);
      case TIMED_OUT -> failed(Status.TIMED_OUT);
    };
  }

  @Override
  public boolean awaitsEachFrame() {
    return true;
  }

  private Outcome awaitAnswer(long sequence, long start, Deadline deadline) {
    // Somebody takes messages, so somebody is to be told when they end.
    peerLeft = false;
    while (true) {
      Answer answer;
      Peer peer;
      try (Message message = Exchange.receive(dialogue, deadline)) {
        if (message == null) {
          return unanswered();
        }
        peer = message.peer();
        answer = ofThis(sequence, Exchange.read(dialogue, message));
      }
      if (answer != null && answer.leaving()) {
        answer.release();
        peerLeft = true;
        round.remove(peer);
        answering = Math.max(0, answering - 1);
        dialogue.events().left(peer);
        return Outcome.of(Status.NO_PEER);
      }
      if (answer != null) {
        answeredBy(peer);
        return succeeded(answer, dialogue.ticker().nanos() - start);
      }
      if (deadline.passed()) { // however many answers to other frames still wait
        return unanswered();
      }
    }
  }

  /** Null for the answer to another frame, after which the right one may follow. */
  private Answer ofThis(long sequence, Answer answer) {
    if (!correlated && answer.sequence() >= 0 && answer.sequence() != sequence) {
      answer.release();
      return null;
    }
    return answer;
  }

  private void answeredBy(Peer peer) {
    if (round.add(peer)) {
      return;
    }
    answering = round.size();
    if (answering > 1) {
      round.clear();
      round.add(peer);
    }
  }

  private Outcome succeeded(Answer answer, long roundTripNanos) {
    if (failures > 0) {
      int recoveredFrom = failures;
      failures = 0;
      dialogue.events().reconnected(recoveredFrom);
    }
    return new Outcome(Status.ACKNOWLEDGED, answer, roundTripNanos);
  }

  private Outcome unanswered() {
    if (link.closed()) {
      return Outcome.of(Status.CLOSED);
    }
    link.abandon();
    return dialogue.closing().getAsBoolean() ? Outcome.of(Status.CLOSED) : failed(Status.TIMED_OUT);
  }

  private Outcome failed(Status status) {
    failures++;
    GaveUpException.afterTooMany(status, failures, dialogue, Exchange.addresses(link));
    return Outcome.of(status);
  }

  @Override
  public void goodbye(Deadline deadline) {
    int listening = Math.max(answering, round.size());
    if ((peerLeft && listening == 0) || nobodyThere) {
      return;
    }
    boolean goesOn = true;
    for (int left = Math.max(1, listening); left > 0 && goesOn; left--) {
      long share = deadline.remainingNanos() / left;
      goesOn =
          sayGoodbye(Deadline.afterNanos(share, dialogue.ticker()))
              && !deadline.passed()
              && !Thread.currentThread().isInterrupted();
    }
  }

  /** To the peer whose turn it is; answers whether one took it. */
  private boolean sayGoodbye(Deadline deadline) {
    boolean sent =
        switch (link.send(Exchange.goodbye(dialogue), deadline)) {
          case SENT -> true;
          case DROPPED, NO_PEER, TIMED_OUT, CLOSED -> false;
        };
    if (sent && correlated) {
      // Whatever the answer says, its coming proves that the goodbye arrived; a PAIR peer sends
      // none.
      try (Message answer = link.receive(deadline)) {
        if (answer == null) {
          link.abandon();
        }
      }
    }
    return sent;
  }
}
