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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The sender of a pair with several frames on their way at once, which hides a long round trip.
 *
 * <p>Send waits after sending and not before, so that the application takes its next picture when
 * there is room for it. The first frame is waited for by itself: its answer tells how the clocks
 * differ, which answers that lay about until the next send cannot.
 */
final class WindowedSending implements SendConversation {
  private record OnItsWay(long sequence, long sentNanos, Deadline due) {}

  private final Dialogue dialogue;
  private final Link link;
  private final int window;
  private final Deque<OnItsWay> onTheirWay = new ArrayDeque<>();
  private List<Outcome> settled = new ArrayList<>();
  private boolean wasAnswered;
  private int failures;
  private boolean peerLeft;
  private boolean nobodyThere;

  WindowedSending(Dialogue dialogue) {
    this.dialogue = dialogue;
    this.link = dialogue.link();
    this.window = dialogue.conduct().window();
  }

  @Override
  public Outcome send(Message frame, long sequence) {
    Deadline deadline = timeout();
    readWhatIsThere();
    if (!onTheirWay.isEmpty() && onTheirWay.getFirst().due().passed()) {
      link.abandon();
      lose(Status.TIMED_OUT);
      countFailure(Status.TIMED_OUT, frame);
    }
    long start = dialogue.ticker().nanos();
    SendResult result = link.send(frame, deadline);
    nobodyThere = result == SendResult.NO_PEER;
    return switch (result) {
      case SENT -> {
        onTheirWay.addLast(new OnItsWay(sequence, start, deadline));
        yield awaitRoom(sequence, deadline);
      }
      case DROPPED -> Outcome.of(Status.DROPPED);
      case CLOSED -> Outcome.of(Status.CLOSED);
      case NO_PEER -> failed(Status.NO_PEER);
      case TIMED_OUT -> failed(Status.TIMED_OUT);
    };
  }

  private Deadline timeout() {
    return Deadline.afterNanos(dialogue.conduct().requestTimeoutNs(), dialogue.ticker());
  }

  private Outcome awaitRoom(long sequence, Deadline deadline) {
    await(deadline);
    if (peerLeft) {
      lose(Status.NO_PEER);
    } else if (link.closed()) {
      lose(Status.CLOSED);
    } else if (isFull() && !dialogue.closing().getAsBoolean()) {
      link.abandon();
      lose(Status.TIMED_OUT);
      forget(sequence);
      return failed(Status.TIMED_OUT);
    }
    return forget(sequence);
  }

  private boolean isFull() {
    return onTheirWay.size() >= (wasAnswered ? window : 1);
  }

  /** What became of the frame that was just sent, which {@link #settled} need not tell then. */
  private Outcome forget(long sequence) {
    boolean onItsWay = !onTheirWay.isEmpty() && onTheirWay.getLast().sequence() == sequence;
    return onItsWay ? Outcome.of(Status.SENT) : settled.remove(settled.size() - 1);
  }

  private void readWhatIsThere() {
    Deadline now = Deadline.afterNanos(0, dialogue.ticker());
    boolean more = true;
    for (int most = onTheirWay.size(); most > 0 && more; most--) {
      more = read(link.receive(now));
    }
    if (peerLeft) {
      lose(Status.NO_PEER);
    }
  }

  /** Reads answers until there is room for a frame, or the deadline. */
  private void await(Deadline deadline) {
    peerLeft = false;
    boolean more = true;
    while (isFull() && !peerLeft && more) {
      // However many answers to other frames still wait: the deadline holds.
      more = read(Exchange.receive(dialogue, deadline)) && !deadline.passed();
    }
  }

  /** Whether there was one to read. */
  private boolean read(Message message) {
    if (message == null) {
      return false;
    }
    try (message) {
      take(Exchange.read(dialogue, message), message.peer());
    }
    return true;
  }

  private void take(Answer answer, Peer peer) {
    if (answer.leaving()) {
      answer.release();
      peerLeft = true;
      dialogue.events().left(peer);
      return;
    }
    // The peer answers in the order in which frames arrive: those before this one it did not get.
    while (!onTheirWay.isEmpty() && isBefore(onTheirWay.getFirst(), answer)) {
      onTheirWay.removeFirst();
      settled.add(Outcome.of(Status.TIMED_OUT));
    }
    boolean expected =
        !onTheirWay.isEmpty()
            && (answer.sequence() < 0 || onTheirWay.getFirst().sequence() == answer.sequence());
    if (!expected) {
      answer.release();
      return;
    }
    OnItsWay answered = onTheirWay.removeFirst();
    wasAnswered = true;
    settled.add(
        new Outcome(Status.ACKNOWLEDGED, answer, dialogue.ticker().nanos() - answered.sentNanos()));
    if (failures > 0) {
      dialogue.events().reconnected(failures);
      failures = 0;
    }
  }

  private static boolean isBefore(OnItsWay frame, Answer answer) {
    return answer.sequence() >= 0 && frame.sequence() < answer.sequence();
  }

  private void lose(Status status) {
    for (OnItsWay lost = onTheirWay.pollFirst(); lost != null; lost = onTheirWay.pollFirst()) {
      settled.add(Outcome.of(status));
    }
  }

  private void countFailure(Status status, Message frame) {
    try {
      failed(status);
    } catch (GaveUpException e) {
      frame.close();
      throw e;
    }
  }

  private Outcome failed(Status status) {
    failures++;
    GaveUpException.afterTooMany(status, failures, dialogue, Exchange.addresses(link));
    return Outcome.of(status);
  }

  @Override
  public List<Outcome> settled() {
    if (settled.isEmpty()) {
      return List.of();
    }
    List<Outcome> all = settled;
    settled = new ArrayList<>();
    return all;
  }

  @Override
  public void goodbye(Deadline deadline) {
    try {
      if (!peerLeft && !nobodyThere) {
        awaitAnswers(deadline);
      }
      if (!peerLeft && !nobodyThere) {
        sayGoodbye(deadline);
      }
    } finally {
      lose(Status.CLOSED);
    }
  }

  /** Leaves a quarter of the time for the goodbye itself. */
  private void awaitAnswers(Deadline deadline) {
    Deadline most = Deadline.afterNanos(deadline.remainingNanos() / 4 * 3, dialogue.ticker());
    boolean more = true;
    while (!onTheirWay.isEmpty() && !peerLeft && more) {
      more = read(link.receive(most)) && !most.passed();
    }
  }

  /** A pair's receiver does not answer it. */
  private void sayGoodbye(Deadline deadline) {
    SendResult result = link.send(Exchange.goodbye(dialogue), deadline);
    nobodyThere = result != SendResult.SENT;
  }
}
