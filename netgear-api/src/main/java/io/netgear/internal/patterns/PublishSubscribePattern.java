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

/** Frames go to whoever listens, without acknowledgement; slow receivers miss some. */
public final class PublishSubscribePattern implements Pattern {
  /** For {@link java.util.ServiceLoader}. */
  public PublishSubscribePattern() {}

  @Override
  public String name() {
    return "publish-subscribe";
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
    return 2;
  }

  @Override
  public LinkRole senderRole() {
    return LinkRole.PUBLISH;
  }

  @Override
  public LinkRole receiverRole() {
    return LinkRole.SUBSCRIBE;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.MULTI_SERVER, Feature.MULTI_CLIENT);
  }

  @Override
  public QueuePolicy defaultQueue() {
    return QueuePolicy.NEWEST;
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
