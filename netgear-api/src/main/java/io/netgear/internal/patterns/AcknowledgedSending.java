package io.netgear.internal.patterns;

import io.netgear.Address;
import io.netgear.Peer;
import io.netgear.Receipt.Status;
import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Conduct;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendResult;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The sender of pair and request-reply: one frame, one answer, then the next. */
final class AcknowledgedSending implements SendConversation {
  private static final long CLOSING_CHECK_NS =
      TimeUnit.MILLISECONDS.toNanos(Dialogue.CLOSING_CHECK_MS);

  private final Dialogue dialogue;
  private final Link link;
  private final boolean correlated;
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

  private Outcome awaitAnswer(long sequence, long start, Deadline deadline) {
    // Somebody takes messages, so somebody is to be told when they end.
    peerLeft = false;
    while (true) {
      Answer answer;
      Peer peer;
      try (Message message = receive(dialogue, deadline)) {
        if (message == null) {
          return unanswered();
        }
        peer = message.peer();
        answer = ofThis(sequence, read(dialogue, message));
      }
      if (answer != null && answer.leaving()) {
        answer.release();
        peerLeft = true;
        dialogue.events().left(peer);
        return Outcome.of(Status.NO_PEER);
      }
      if (answer != null) {
        return succeeded(answer, dialogue.ticker().nanos() - start);
      }
      if (deadline.passed()) { // however many answers to other frames still wait
        return unanswered();
      }
    }
  }

  /** The next answer; null at the deadline, and when this end is being closed. */
  static Message receive(Dialogue dialogue, Deadline deadline) {
    Link link = dialogue.link();
    while (true) {
      Message message =
          link.receive(
              deadline.orEarlier(Deadline.afterNanos(CLOSING_CHECK_NS, dialogue.ticker())));
      if (message != null
          || deadline.passed()
          || link.closed()
          || dialogue.closing().getAsBoolean()) {
        return message;
      }
    }
  }

  /** What an answer says; that it came says enough where it cannot be read. */
  static Answer read(Dialogue dialogue, Message message) {
    try {
      return dialogue.wire().parseAnswer(message, dialogue.conduct().answerStyle());
    } catch (WireFormatException e) {
      // It came in answer to a frame, so the frame is there; only what was returned is lost.
      dialogue.events().badMessage(message.peer(), e);
      return Answer.acknowledgement(-1, -1, -1);
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
    GaveUpException.afterTooMany(status, failures, dialogue, addresses(link));
    return Outcome.of(status);
  }

  @Override
  public void goodbye(Deadline deadline) {
    if (peerLeft || nobodyThere) {
      return;
    }
    boolean sent =
        switch (link.send(goodbyeOf(dialogue), deadline)) {
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
  }

  /** What the end of {@code dialogue} says when it sends no more. */
  static Message goodbyeOf(Dialogue dialogue) {
    Conduct conduct = dialogue.conduct();
    return dialogue.wire().goodbye(conduct.multiServer() ? conduct.port() : null, conduct.life());
  }

  static String addresses(Link link) {
    return link.addresses().stream().map(Address::toString).collect(Collectors.joining(", "));
  }

  static String seconds(long nanos) {
    return java.math.BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
  }
}
