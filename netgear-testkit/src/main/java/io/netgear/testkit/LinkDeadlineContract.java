package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.SendResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when nobody is there, or nobody listens, until the deadline. */
public interface LinkDeadlineContract extends TransportUnderTest {
  @Test
  default void shouldReceiveNothingAtTheDeadline(LinkBench bench) {
    for (LinkRole role : bench.transport().roles()) {
      if (!role.receives()) {
        continue;
      }
      Link link = bench.bind(role);
      Deadline deadline = LinkBench.briefly();
      assertThat(link.receive(deadline)).as("%s", role).isNull();
      assertThat(deadline.passed()).as("%s waited until the deadline", role).isTrue();
      assertThat(link.receive(LinkBench.atOnce())).as("%s without waiting", role).isNull();
    }
  }

  @Test
  default void shouldSayThatThereIsNoPeer(LinkBench bench) {
    for (LinkRole role : List.of(LinkRole.PAIR, LinkRole.REQUEST, LinkRole.PUSH)) {
      if (!bench.transport().roles().contains(role)) {
        continue;
      }
      Link bound = bench.bind(role);
      Link connected = bench.open(bench.spec(role, false, bench.deserted(role)));
      for (Link link : List.of(bound, connected)) {
        for (int i = 0; i < 3; i++) {
          Deadline deadline = LinkBench.briefly();
          assertThat(link.send(bench.message("to nobody"), deadline))
              .as("%s to nobody", role)
              .isEqualTo(SendResult.NO_PEER);
          assertThat(deadline.passed()).as("%s waited until the deadline", role).isTrue();
        }
        assertThat(link.send(bench.message("to nobody"), LinkBench.atOnce()))
            .as("%s to nobody, without waiting", role)
            .isEqualTo(SendResult.NO_PEER);
        link.close();
      }
    }
  }

  @Test
  default void shouldNeverSendLaterWhatItDidNotAccept(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      if (pair.sender() == LinkRole.PUBLISH) {
        continue;
      }
      Link sender = bench.bind(pair.sender());
      for (int i = 0; i < 3; i++) {
        assertThat(sender.send(bench.message("refused " + i), LinkBench.briefly()))
            .isEqualTo(SendResult.NO_PEER);
      }
      Link receiver = bench.connect(pair.receiver(), sender);
      bench.send(sender, "accepted");
      assertThat(bench.receive(receiver)).as("%s", pair).isEqualTo("accepted");
      assertThat(bench.receiveBriefly(receiver)).as("%s", pair).isNull();
      sender.close();
      receiver.close();
    }
  }

  @Test
  default void shouldTimeOutWhenThereIsNoRoom(LinkBench bench) {
    assumeTrue(RolePair.PUSH_PULL.supportedBy(bench.transport()));
    Link receiver = bench.bind(LinkRole.PULL);
    Link sender = bench.connect(LinkRole.PUSH, receiver);
    bench.send(sender, "first");
    assertThat(bench.receive(receiver)).isEqualTo("first");
    // Queues, sockets and kernels hold a few of these, but not all of them.
    int most = 400;
    int accepted = 0;
    SendResult result = SendResult.SENT;
    while (result == SendResult.SENT && accepted < most) {
      result = sender.send(bench.message(numbered(accepted)), LinkBench.briefly());
      accepted += result == SendResult.SENT ? 1 : 0;
    }
    assertThat(result).as("after %d messages", accepted).isEqualTo(SendResult.TIMED_OUT);
    for (int i = 0; i < accepted; i++) {
      assertThat(bench.receiveParts(receiver)[0]).isEqualTo(numbered(i));
    }
    assertThat(bench.receiveBriefly(receiver)).as("what was not accepted").isNull();
    bench.send(sender, "room again");
    assertThat(bench.receive(receiver)).isEqualTo("room again");
  }

  private static byte[] numbered(int number) {
    byte[] bytes = new byte[512 * 1024];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >> 8);
    return bytes;
  }
}
