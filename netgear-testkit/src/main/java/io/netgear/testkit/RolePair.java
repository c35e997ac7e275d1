package io.netgear.testkit;

import io.netgear.spi.LinkRole;
import io.netgear.spi.Transport;
import java.util.List;

/**
 * Two roles that talk to each other.
 *
 * @param sender the role that sends first
 * @param receiver the role that receives first
 */
record RolePair(LinkRole sender, LinkRole receiver) {
  static final RolePair PAIR = new RolePair(LinkRole.PAIR, LinkRole.PAIR);
  static final RolePair REQUEST_REPLY = new RolePair(LinkRole.REQUEST, LinkRole.REPLY);
  static final RolePair PUBLISH_SUBSCRIBE = new RolePair(LinkRole.PUBLISH, LinkRole.SUBSCRIBE);
  static final RolePair PUSH_PULL = new RolePair(LinkRole.PUSH, LinkRole.PULL);

  private static final List<RolePair> ALL =
      List.of(PAIR, REQUEST_REPLY, PUBLISH_SUBSCRIBE, PUSH_PULL);

  /** The pairs of which {@code transport} has both roles. */
  static List<RolePair> of(Transport transport) {
    return ALL.stream().filter(pair -> pair.supportedBy(transport)).toList();
  }

  boolean supportedBy(Transport transport) {
    return transport.roles().contains(sender) && transport.roles().contains(receiver);
  }

  boolean answers() {
    return sender == LinkRole.PAIR || sender == LinkRole.REQUEST;
  }

  @Override
  public String toString() {
    return sender + "-" + receiver;
  }
}
