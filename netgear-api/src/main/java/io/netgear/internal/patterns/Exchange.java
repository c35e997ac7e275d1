package io.netgear.internal.patterns;

import io.netgear.Address;
import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Conduct;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What senders of all patterns do alike: wait for an answer, read it, say goodbye. */
final class Exchange {
  private static final long CLOSING_CHECK_NS =
      TimeUnit.MILLISECONDS.toNanos(Dialogue.CLOSING_CHECK_MS);

  private Exchange() {}

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

  /** What the end of {@code dialogue} says when it sends no more. */
  static Message goodbye(Dialogue dialogue) {
    Conduct conduct = dialogue.conduct();
    return dialogue.wire().goodbye(conduct.multiServer() ? conduct.port() : null, conduct.life());
  }

  /** Those of {@code link}, for messages. */
  static String addresses(Link link) {
    return link.addresses().stream().map(Address::toString).collect(Collectors.joining(", "));
  }
}
