package io.netgear.internal.patterns;

import io.netgear.Peer;
import io.netgear.StreamEnd;
import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Inbox;
import io.netgear.spi.Incoming;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.ReceiveConversation;

/** The receiver of all built-in patterns, which differ in what they answer. */
final class Receiving implements ReceiveConversation {
  /** What a pattern's receiver says back. */
  enum Answers {
    /** Nothing: publish-subscribe, push-pull. */
    NONE,
    /** An answer to each frame, nothing to a goodbye: pair. */
    FRAMES,
    /** An answer to every message, or the peer could not go on: request-reply. */
    EVERYTHING
  }

  private final Dialogue dialogue;
  private final Link link;
  private final Inbox inbox;
  private final Answers answers;
  private final Deadline never;

  /** Null unless there are several senders. */
  private final SenderPorts ports;

  /** Of the one sender, where there are not several. */
  private final Lives lives = new Lives();

  private int idleFailures;
  private Deadline idle;

  Receiving(Dialogue dialogue, Inbox inbox, Answers answers) {
    this.dialogue = dialogue;
    this.link = dialogue.link();
    this.inbox = inbox;
    this.answers = answers;
    this.never = Deadline.never(dialogue.ticker());
    this.ports = dialogue.conduct().multiServer() ? new SenderPorts(dialogue) : null;
    this.idle = nextIdle(dialogue);
  }

  @Override
  public boolean serve(Deadline deadline) {
    Deadline due = ports == null ? idle : ports.nextDue();
    try (Message message = link.receive(deadline.orEarlier(due))) {
      if (message == null) {
        return !link.closed() && (!due.passed() || toleratesIdleness());
      }
      boolean goesOn = understand(message);
      succeeded();
      return goesOn;
    }
  }

  private boolean understand(Message message) {
    long receivedMicros = dialogue.ticker().epochMicros();
    Incoming incoming;
    try {
      incoming = dialogue.wire().parse(message);
    } catch (WireFormatException e) {
      return skip(message.peer(), e);
    }
    try {
      recognise(incoming);
    } catch (WireFormatException e) {
      return skip(message.peer(), e);
    }
    return incoming instanceof Incoming.FrameArrived frame
        ? take(frame, message.peer(), receivedMicros)
        : farewell();
  }

  /**
   * Notes which of the senders this is from, and which life of it.
   *
   * @throws WireFormatException if it is from none of them, or a goodbye of an earlier life; a
   *     frame's payload is released then
   */
  private void recognise(Incoming incoming) {
    if (incoming instanceof Incoming.Goodbye goodbye) {
      if (ports != null) {
        ports.goodbye(goodbye.port(), goodbye.life());
      } else {
        lives.goodbye(goodbye.life());
      }
    } else if (incoming instanceof Incoming.FrameArrived frame) {
      recognise(frame);
    }
  }

  private void recognise(Incoming.FrameArrived frame) {
    long life = frame.header().life();
    if (ports == null) {
      lives.frame(life);
      return;
    }
    try {
      ports.frame(frame.header().port(), life);
    } catch (WireFormatException e) {
      frame.payload().release();
      throw e;
    }
  }

  private boolean take(Incoming.FrameArrived frame, Peer peer, long receivedMicros) {
    if (!inbox.reserve(never)) {
      frame.payload().release();
      return leave(frame.header().sequence());
    }
    long sequence = frame.header().sequence();
    Inbox.PendingAnswer pending = inbox.put(frame, peer, receivedMicros);
    if (answers == Answers.NONE) {
      return true;
    }
    Message answer = null;
    if (dialogue.conduct().returnsData()) {
      if (!pending.await(never)) {
        return leave(sequence);
      }
      answer = pending.message();
    }
    link.reply(answer == null ? acknowledgement(sequence, receivedMicros) : answer);
    return true;
  }

  private Message acknowledgement(long sequence, long receivedMicros) {
    return dialogue
        .wire()
        .answer(
            new Answer(
                null,
                null,
                null,
                dialogue.conduct().port(),
                sequence,
                receivedMicros,
                dialogue.ticker().epochMicros()),
            dialogue.conduct().answerStyle());
  }

  /** Tells the sender, who would else wait in vain, that this frame was not taken. */
  private boolean leave(long sequence) {
    if (answers != Answers.NONE && dialogue.closing().getAsBoolean()) {
      link.reply(
          dialogue
              .wire()
              .answer(
                  Answer.farewell(dialogue.conduct().port(), sequence),
                  dialogue.conduct().answerStyle()));
    }
    return false;
  }

  private boolean farewell() {
    if (answers == Answers.EVERYTHING) {
      link.reply(dialogue.wire().goodbyeAnswer(dialogue.conduct().multiServer()));
    }
    if (ports != null) {
      return othersAreAwaited();
    }
    inbox.end(StreamEnd.GOODBYE);
    return false;
  }

  private boolean othersAreAwaited() {
    if (ports.over()) {
      inbox.end(ports.end());
      return false;
    }
    return true;
  }

  private boolean skip(Peer peer, WireFormatException why) {
    dialogue.events().badMessage(peer, why);
    if (answers != Answers.NONE) {
      link.reply(
          dialogue
              .wire()
              .badMessageAnswer(dialogue.conduct().answerStyle(), dialogue.conduct().port()));
    }
    return true;
  }

  private void succeeded() {
    idle = nextIdle(dialogue);
    if (idleFailures > 0) {
      dialogue.events().reconnected(idleFailures);
      idleFailures = 0;
    }
  }

  private boolean toleratesIdleness() {
    if (ports != null) {
      ports.nothingCame();
      return othersAreAwaited();
    }
    idleFailures++;
    idle = nextIdle(dialogue);
    int allowed = dialogue.conduct().maxRetries();
    if (allowed > 0 && idleFailures >= allowed) {
      inbox.end(StreamEnd.IDLE);
      return false;
    }
    return true;
  }

  static Deadline nextIdle(Dialogue dialogue) {
    long limitNs = dialogue.conduct().idleLimitNs();
    return limitNs == 0
        ? Deadline.never(dialogue.ticker())
        : Deadline.afterNanos(limitNs, dialogue.ticker());
  }
}
