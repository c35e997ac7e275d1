package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.spi.LinkRole;
import io.netgear.testkit.LeakCheckingPool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is there, and what they have left. */
class PeersTest {
  private final Peers peers =
      new Peers(
          Links.spec(
              new LeakCheckingPool(),
              LinkRole.PULL,
              true,
              List.of(Links.ANY_PORT),
              Events.NONE,
              1 << 20,
              1));

  @Test
  void shouldCountThoseWhoLeftSomethingBehindAndNoneWhoIsThere() {
    Lane lane = new Lane(null, Peer.at("tcp://127.0.0.1:1"));
    peers.joined(lane);
    peers.arrived(lane, new Received(Links.text("frame"), null, 0));
    assertThat(peers.unread()).isZero();

    peers.left(lane);

    assertThat(peers.unread()).isEqualTo(1);
    assertThat(peers.receive(Links.in(1_000))).isNotNull();
    assertThat(peers.unread()).isZero();
  }
}
