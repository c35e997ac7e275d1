package io.netgear.plugins;

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

/** Cannot begin a conversation. */
public class FailingPattern implements Pattern {
  @Override
  public String name() {
    return "speechless";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("until it is used");
  }

  @Override
  public int number() {
    return -1;
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
    return Set.of();
  }

  @Override
  public QueuePolicy defaultQueue() {
    return QueuePolicy.HOLD_BACK;
  }

  @Override
  public SendConversation sending(Dialogue dialogue) {
    throw new IllegalStateException("Nothing comes to mind.");
  }

  @Override
  public ReceiveConversation receiving(Dialogue dialogue, Inbox inbox) {
    throw new AssertionError("Nothing comes to mind.");
  }
}
