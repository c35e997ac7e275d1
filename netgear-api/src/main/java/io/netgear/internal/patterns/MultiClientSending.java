package io.netgear.internal.patterns;

import io.netgear.Address;
import io.netgear.Receipt.Status;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The sender of request-reply with several receivers: each frame goes to one of those that are
 * there, in turn, or to all of them, who then all have the same time to answer. No frame is sent
 * again to a receiver that may have it.
 */
final class MultiClientSending implements SendConversation {
  /** How long to wait for one of the receivers before looking at the next, while none is there. */
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Dialogue dialogue;
  private final List<Recipient> recipients;
  private int next;
  private int failures;

  MultiClientSending(List<Dialogue> dialogues) {
    this.dialogue = dialogues.get(0);
    this.recipients = dialogues.stream().map(Recipient::new).toList();
  }

  @Override
  public Outcome send(Message frame, long sequence) {
    Deadline deadline =
        Deadline.afterNanos(dialogue.conduct().requestTimeoutNs(), dialogue.ticker());
    try (frame) {
      return dialogue.conduct().broadcast() ? toAll(frame, deadline) : toOne(frame, deadline);
    }
  }

  private Outcome toOne(Message frame, Deadline deadline) {
    while (true) {
      Recipient taker = takerInTurn(frame, deadline);
      if (taker == null) {
        return outcome(List.of());
      }
      Share share = taker.await(deadline);
      // one that is leaving said that it did not take the frame: it is the next one's
      if (share.status() != Status.NO_PEER || deadline.passed()) {
        return outcome(List.of(share));
      }
    }
  }

  private Outcome toAll(Message frame, Deadline deadline) {
    Recipient first = takerInTurn(frame, deadline);
    if (first == null) {
      return outcome(leftOut());
    }
    Deadline now = Deadline.afterNanos(0, dialogue.ticker());
    List<Recipient> asked = new ArrayList<>();
    List<Recipient> tried = new ArrayList<>();
    List<Share> shares = new ArrayList<>();
    for (Recipient recipient : recipients) {
      if (recipient == first || recipient.offer(frame, now, false)) {
        (recipient.onTrial() ? tried : asked).add(recipient);
      } else {
        shares.add(recipient.leftOut());
      }
    }
    asked.forEach(recipient -> shares.add(recipient.await(deadline)));
    Deadline trial = asked.isEmpty() ? deadline : now;
    tried.forEach(recipient -> shares.add(recipient.await(trial)));
    return outcome(shares);
  }

  /** Who took the frame; null if nobody did until the deadline. */
  private Recipient takerInTurn(Message frame, Deadline deadline) {
    long patienceNs = 0;
    while (true) {
      for (int tried = 0; tried < recipients.size(); tried++) {
        int index = (next + tried) % recipients.size();
        Recipient recipient = recipients.get(index);
        Deadline patience = Deadline.afterNanos(patienceNs, dialogue.ticker());
        if (recipient.offer(frame, deadline.orEarlier(patience), patienceNs > 0)) {
          next = (index + 1) % recipients.size();
          return recipient;
        }
        if (isClosing()) {
          return null;
        }
      }
      if (deadline.passed()) {
        return null;
      }
      patienceNs = LOOK_NS;
    }
  }

  private boolean isClosing() {
    return dialogue.link().closed() || dialogue.closing().getAsBoolean();
  }

  private List<Share> leftOut() {
    return recipients.stream().map(Recipient::leftOut).toList();
  }

  private Outcome outcome(List<Share> shares) {
    long roundTripNanos = -1;
    for (Share share : shares) {
      if (share.status() == Status.ACKNOWLEDGED) {
        roundTripNanos = Math.max(roundTripNanos, share.roundTripNanos());
      }
    }
    if (roundTripNanos >= 0) {
      recovered();
      return new Outcome(Status.ACKNOWLEDGED, null, roundTripNanos, shares);
    }
    return new Outcome(isClosing() ? Status.CLOSED : failed(), null, 0, shares);
  }

  private void recovered() {
    if (failures > 0) {
      int recoveredFrom = failures;
      failures = 0;
      dialogue.events().reconnected(recoveredFrom);
    }
  }

  private Status failed() {
    Status status =
        recipients.stream().anyMatch(Recipient::owes) ? Status.TIMED_OUT : Status.NO_PEER;
    failures++;
    GaveUpException.afterTooMany(status, failures, dialogue, addresses());
    return status;
  }

  private String addresses() {
    return recipients.stream()
        .flatMap(recipient -> recipient.link().addresses().stream())
        .map(Address::toString)
        .collect(Collectors.joining(", "));
  }

  @Override
  public void goodbye(Deadline deadline) {
    List<Recipient> told = recipients.stream().filter(Recipient::tellGoodbye).toList();
    told.forEach(recipient -> recipient.awaitGoodbyeAnswer(deadline));
  }
}
