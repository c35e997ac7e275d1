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

/**
 * Each frame goes to one of several receivers in turn, without acknowledgement. Not on the Python
 * wire.
 */
public final class PushPullPattern implements Pattern {
  /** For {@link java.util.ServiceLoader}. */
  public PushPullPattern() {}

  @Override
  public String name() {
    return "push-pull";
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
    return -1;
  }

  @Override
  public LinkRole senderRole() {
    return LinkRole.PUSH;
  }

  @Override
  public LinkRole receiverRole() {
    return LinkRole.PULL;
  }

  @Override
  public Set<Feature> features() {
    return Set.of();
  }

  @Override
  public QueuePolicy defaultQueue() {
    return QueuePolicy.HOLD_BACK;
  }

  @Override
  public SendConversation sending(Dialogue dialogue) {
    return new OneWaySending(dialogue);
  }

  @Override
  public ReceiveConversation receiving(Dialogue dialogue, Inbox inbox) {
    return new Receiving(dialogue, inbox, Receiving.Answers.NONE);
  }
}
