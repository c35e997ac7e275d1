package io.netgear.plugins;

import io.netgear.Address;
import io.netgear.Peer;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.Availability;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.SendResult;
import io.netgear.spi.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Its links fail with everything that they are asked to do, and tell when they are closed. */
public class FailingTransport implements Transport {
  @Override
  public String name() {
    return "failing";
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
  public Set<LinkRole> roles() {
    return EnumSet.allOf(LinkRole.class);
  }

  @Override
  public Set<String> protocols() {
    return Set.of("tcp");
  }

  @Override
  public boolean accepts(Security security) {
    return true;
  }

  @Override
  public Link open(LinkSpec spec) {
    return new FailingLink(spec);
  }

  private record FailingLink(LinkSpec spec) implements Link {
    @Override
    public SendResult send(Message message, Deadline deadline) {
      message.close();
      throw new TransportException("The cable was cut.");
    }

    @Override
    public Message receive(Deadline deadline) {
      throw new TransportException("The cable was cut.");
    }

    @Override
    public void reply(Message message) {
      message.close();
    }

    @Override
    public void abandon() {
      throw new TransportException("The cable was cut.");
    }

    @Override
    public List<Address> addresses() {
      return spec.addresses();
    }

    @Override
    public boolean closed() {
      return false;
    }

    @Override
    public void close() {
      spec.events().lost(Peer.at("closed"));
    }
  }
}
