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
import java.util.List;
import java.util.Set;

/**
 * Each frame is a request, its acknowledgement the reply; survives the restart of either end best.
 */
public final class RequestReplyPattern implements Pattern {
  /** For {@link java.util.ServiceLoader}. */
  public RequestReplyPattern() {}

  @Override
  public String name() {
    return "request-reply";
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
    return 1;
  }

  @Override
  public LinkRole senderRole() {
    return LinkRole.REQUEST;
  }

  @Override
  public LinkRole receiverRole() {
    return LinkRole.REPLY;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(
        Feature.ACKNOWLEDGES, Feature.BIDIRECTIONAL, Feature.MULTI_SERVER, Feature.MULTI_CLIENT);
  }

  @Override
  public QueuePolicy defaultQueue() {
    return QueuePolicy.HOLD_BACK;
  }

  @Override
  public SendConversation sending(Dialogue dialogue) {
    return new AcknowledgedSending(dialogue, true);
  }

  @Override
  public SendConversation sending(List<Dialogue> receivers) {
    return new MultiClientSending(receivers);
  }

  @Override
  public ReceiveConversation receiving(Dialogue dialogue, Inbox inbox) {
    return new Receiving(dialogue, inbox, Receiving.Answers.EVERYTHING);
  }
}
