package io.netgear.internal.patterns;

import io.netgear.QueuePolicy;
import io.netgear.spi.Availability;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Feature;
import io.netgear.spi.Inbox;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Pattern;
import io.netgear.spi.ReceiveConversation;
import io.netgear.spi.SendConversation;
import java.util.Set;

/** Exactly two ends; every frame is acknowledged. */
public final class PairPattern implements Pattern {
  /** For {@link java.util.ServiceLoader}. */
  public PairPattern() {}

  @Override
  public String name() {
    return "pair";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("built in");
  }

  @Override
  public int number() {
    return 0;
  }

  @Override
  public LinkRole senderRole() {
    return LinkRole.PAIR;
  }

  @Override
  public LinkRole receiverRole() {
    return LinkRole.PAIR;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.ACKNOWLEDGES, Feature.BIDIRECTIONAL);
  }

  @Override
  public QueuePolicy defaultQueue() {
    return QueuePolicy.HOLD_BACK;
  }

  @Override
  public SendConversation sending(Dialogue dialogue) {
    return dialogue.conduct().window() > 1
        ? new WindowedSending(dialogue)
        : new AcknowledgedSending(dialogue, false);
  }

  @Override
  public ReceiveConversation receiving(Dialogue dialogue, Inbox inbox) {
    return new Receiving(dialogue, inbox, Receiving.Answers.FRAMES);
  }
}
