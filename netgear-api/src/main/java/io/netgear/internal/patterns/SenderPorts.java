package io.netgear.internal.patterns;

import io.netgear.StreamEnd;
import io.netgear.WireFormatException;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The senders of multi-server mode, who are told apart by their ports: which of them are still
 * awaited, which said goodbye, and which fell silent. Belongs to the receive thread.
 *
 * <p>A port may be text or a number: {@code "7590"} and 7590 are the same. A sender may call itself
 * by a port that is not one of the receiver's, since something in between may translate ports; it
 * is awaited from its first frame on.
 */
final class SenderPorts {
  /** Bounds what a peer can make up. */
  private static final int MOST_TRANSLATED = 16;

  /**
   * A link takes messages of its peers by turns: whoever has one waiting is served before so many
   * messages of others.
   */
  private static final int OTHERS_FIRST = 64;

  private final Dialogue dialogue;
  private final Map<String, Sender> senders = new LinkedHashMap<>();
  private final int most;

  SenderPorts(Dialogue dialogue) {
    this.dialogue = dialogue;
    dialogue
        .link()
        .addresses()
        .forEach(address -> senders.put(Integer.toString(address.port()), new Sender()));
    this.most = senders.size() + MOST_TRANSLATED;
  }

  private final class Sender {
    /** Null while frames are awaited. */
    private StreamEnd ended;

    private int failures;
    private int othersSince;
    private final Lives lives = new Lives();
    private Deadline idle = nextIdle();

    void heard() {
      failures = 0;
      othersSince = 0;
      idle = nextIdle();
    }

    /** Counts a failure where one is due; whether it was one too many. */
    boolean fellSilent() {
      if (ended != null || !idle.passed()) {
        return false;
      }
      failures++;
      idle = nextIdle();
      int allowed = dialogue.conduct().maxRetries();
      return allowed > 0 && failures >= allowed;
    }
  }

  /**
   * A frame came.
   *
   * @throws WireFormatException if it names no port, or one port too many
   */
  void frame(Object port, long life) {
    String name = name(port, "frame");
    Sender sender = senders.get(name);
    if (sender == null) {
      if (senders.size() >= most) {
        throw new WireFormatException(
            "The frame is of port "
                + name
                + ", which is none of "
                + senders.keySet()
                + ": too many senders call themselves by other ports than this receiver's.");
      }
      sender = new Sender();
      senders.put(name, sender);
    }
    sender.heard();
    sender.lives.frame(life);
    if (sender.ended != null) {
      sender.ended = null;
      dialogue.events().senderBack(name);
    }
    noticeSilenceBehind(sender);
  }

  private void noticeSilenceBehind(Sender heard) {
    for (Map.Entry<String, Sender> entry : senders.entrySet()) {
      Sender other = entry.getValue();
      if (other != heard && ++other.othersSince > OTHERS_FIRST && other.fellSilent()) {
        end(entry.getKey(), other, StreamEnd.IDLE);
      }
    }
  }

  /**
   * A goodbye came.
   *
   * @throws WireFormatException if it names no port, or one that is not awaited here, or if it is
   *     of an earlier life of that sender
   */
  void goodbye(Object port, long life) {
    String name = name(port, "goodbye");
    Sender sender = senders.get(name);
    if (sender == null) {
      throw new WireFormatException(
          "The goodbye is of port " + name + ", expected one of " + senders.keySet() + ".");
    }
    sender.lives.goodbye(life);
    if (sender.ended != StreamEnd.GOODBYE) {
      end(name, sender, StreamEnd.GOODBYE);
    }
  }

  private static String name(Object port, String what) {
    if (port == null) {
      throw new WireFormatException(
          "The "
              + what
              + " names no port, by which its sender is known in multi-server mode: open that sender in"
              + " this mode too.");
    }
    return port.toString().strip();
  }

  /** Nothing waits: whoever has been silent for too long counts as lost. */
  void nothingCame() {
    senders.forEach(
        (name, sender) -> {
          if (sender.fellSilent()) {
            end(name, sender, StreamEnd.IDLE);
          }
        });
  }

  private void end(String name, Sender sender, StreamEnd how) {
    sender.ended = how;
    dialogue.events().senderEnded(name, how);
  }

  /** When {@link #nothingCame} is due at the latest. */
  Deadline nextDue() {
    Deadline next = Deadline.never(dialogue.ticker());
    for (Sender sender : senders.values()) {
      next = sender.ended == null ? next.orEarlier(sender.idle) : next;
    }
    return next;
  }

  /** Whether nobody is awaited any more. */
  boolean over() {
    return senders.values().stream().allMatch(sender -> sender.ended != null);
  }

  /** How it ended: with a goodbye if all said one. */
  StreamEnd end() {
    return senders.values().stream().allMatch(sender -> sender.ended == StreamEnd.GOODBYE)
        ? StreamEnd.GOODBYE
        : StreamEnd.IDLE;
  }

  private Deadline nextIdle() {
    return Receiving.nextIdle(dialogue);
  }
}
