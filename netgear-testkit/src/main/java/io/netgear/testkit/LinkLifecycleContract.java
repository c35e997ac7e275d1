package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Address;
import io.netgear.TransportException;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.SendResult;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Links open, close from any thread, free their ports, and find peers that come back. */
public interface LinkLifecycleContract extends TransportUnderTest {
  @Test
  default void shouldWakeBlockedReceiveWhenClosed(LinkBench bench) throws Exception {
    for (LinkRole role : bench.transport().roles()) {
      if (!role.receives()) {
        continue;
      }
      Link link = bench.bind(role);
      FutureTask<Message> receiving = bench.start(() -> link.receive(LinkBench.aDay()));
      bench.awaitInside(link.getClass(), "receive");
      link.close();
      assertThat(LinkBench.resultOf(receiving)).as("%s", role).isNull();
    }
  }

  @Test
  default void shouldWakeBlockedSendWhenClosed(LinkBench bench) throws Exception {
    for (LinkRole role : List.of(LinkRole.PAIR, LinkRole.REQUEST, LinkRole.PUSH)) {
      if (!bench.transport().roles().contains(role)) {
        continue;
      }
      Link link = bench.bind(role);
      FutureTask<SendResult> sending =
          bench.start(() -> link.send(bench.message("to nobody"), LinkBench.aDay()));
      bench.awaitInside(link.getClass(), "send");
      link.close();
      assertThat(LinkBench.resultOf(sending)).as("%s", role).isEqualTo(SendResult.CLOSED);
    }
  }

  @Test
  default void shouldCloseAtAnyMomentOfReceiving(LinkBench bench) throws Exception {
    RolePair pair = RolePair.of(bench.transport()).get(0);
    for (int i = 0; i < 30; i++) {
      Link receiver = bench.bind(pair.receiver());
      Link sender = bench.connect(pair.sender(), receiver);
      FutureTask<Integer> receiving =
          bench.start(
              () -> {
                int received = 0;
                while (!receiver.closed()) {
                  received += bench.receivePartsBriefly(receiver) == null ? 0 : 1;
                }
                return received;
              });
      for (int k = 0; k < i; k++) {
        sender.send(bench.message("frame " + k), LinkBench.atOnce());
        if (pair.answers()) {
          sender.abandon();
        }
      }
      receiver.close();
      sender.close();
      assertThat(LinkBench.resultOf(receiving)).isLessThanOrEqualTo(i);
    }
  }

  @Test
  default void shouldDoNothingMoreOnceClosed(LinkBench bench) {
    for (LinkRole role : bench.transport().roles()) {
      Link link = bench.bind(role);
      assertThat(link.closed()).as("%s", role).isFalse();
      link.close();
      link.close();
      assertThat(link.closed()).as("%s", role).isTrue();
      if (role.sends()) {
        assertThat(link.send(bench.message("too late"), LinkBench.patiently()))
            .as("%s", role)
            .isEqualTo(SendResult.CLOSED);
      }
      if (role.receives()) {
        assertThat(link.receive(LinkBench.patiently())).as("%s", role).isNull();
      }
      if (role == LinkRole.REPLY || role == LinkRole.PAIR) {
        link.reply(bench.message("too late"));
      }
      if (role == LinkRole.REQUEST || role == LinkRole.PAIR) {
        link.abandon();
      }
    }
  }

  @Test
  default void shouldDeliverReplyThatIsFollowedByTheEnd(LinkBench bench) throws Exception {
    for (RolePair pair : RolePair.of(bench.transport())) {
      for (int i = 0; pair.answers() && i < 20; i++) {
        Link receiver = bench.bind(pair.receiver());
        Link sender = bench.connect(pair.sender(), receiver);
        bench.send(sender, "the last one, please");
        assertThat(bench.receive(receiver)).isEqualTo("the last one, please");
        FutureTask<String> answer = bench.start(() -> bench.receive(sender));
        bench.awaitInside(sender.getClass(), "receive");
        bench.reply(receiver, "farewell");
        receiver.close();
        assertThat(LinkBench.resultOf(answer)).as("%s", pair).isEqualTo("farewell");
        sender.close();
      }
    }
  }

  @Test
  default void shouldDeliverWhatASenderLeftBehind(LinkBench bench) {
    assumeTrue(RolePair.PUSH_PULL.supportedBy(bench.transport()));
    Link bystander = bench.bind(LinkRole.PULL);
    for (boolean receiverBinds : new boolean[] {true, false}) {
      Link bound = bench.bind(receiverBinds ? LinkRole.PULL : LinkRole.PUSH);
      Link connected = bench.connect(receiverBinds ? LinkRole.PUSH : LinkRole.PULL, bound);
      Link sender = receiverBinds ? connected : bound;
      Link receiver = receiverBinds ? bound : connected;
      bench.send(sender, "hello");
      assertThat(bench.receive(receiver)).isEqualTo("hello");
      for (int i = 0; i < 5; i++) {
        bench.send(sender, "frame " + i);
      }
      sender.close();
      // meanwhile the receiver's machine hears that the connection has ended
      assertThat(bench.receiveBriefly(bystander)).isNull();
      for (int i = 0; i < 5; i++) {
        assertThat(bench.receive(receiver)).isEqualTo("frame " + i);
      }
      receiver.close();
    }
  }

  @Test
  default void shouldGiveBackWhatNobodyReceived(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      Link receiver = bench.bind(pair.receiver());
      Link sender = bench.connect(pair.sender(), receiver);
      for (int i = 0; i < 4; i++) {
        sender.send(bench.message(new byte[100_000]), LinkBench.briefly());
        if (pair.sender() == LinkRole.REQUEST) {
          sender.abandon();
        }
      }
      sender.close();
      receiver.close();
    }
    // Whether everything was given back is asked after each test.
    assertThat(bench.pool().acquired()).isPositive();
  }

  @Test
  default void shouldFreeItsPortWhenClosed(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      Address address = bench.deserted(pair.receiver());
      for (int i = 0; i < 10; i++) {
        Link receiver = bench.open(bench.spec(pair.receiver(), true, address));
        Link sender = bench.connect(pair.sender(), receiver);
        sender.send(bench.message("keeps the connection busy"), LinkBench.patiently());
        receiver.close();
        sender.close();
      }
    }
  }

  @Test
  default void shouldSayWhichAddressIsInUse(LinkBench bench) {
    LinkRole role = RolePair.of(bench.transport()).get(0).receiver();
    Link first = bench.bind(role);
    Address taken = first.addresses().get(0);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> bench.open(bench.spec(role, true, taken)))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining(taken.toString());
    }
    first.close();
    bench.open(bench.spec(role, true, taken)).close();
  }

  @Test
  default void shouldOpenNothingWhenOneOfItsAddressesIsInUse(LinkBench bench) {
    LinkRole role = RolePair.of(bench.transport()).get(0).receiver();
    Address free = bench.deserted(role);
    Link first = bench.bind(role);
    Address taken = first.addresses().get(0);
    assertThatThrownBy(() -> bench.open(bench.spec(role, true, free, taken)))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining(taken.toString());
    bench.open(bench.spec(role, true, free)).close();
  }

  @Test
  default void shouldTellThePortsThatItGot(LinkBench bench) {
    LinkRole role = RolePair.of(bench.transport()).get(0).receiver();
    Address any = bindAddress();
    Link link = bench.open(bench.spec(role, true, any, any));
    assertThat(link.addresses()).hasSize(2).doesNotHaveDuplicates();
    assertThat(link.addresses()).allSatisfy(address -> assertThat(address.port()).isPositive());
  }

  @Test
  default void shouldKeepItsPortWhenAbandoning(LinkBench bench) {
    for (LinkRole role : List.of(LinkRole.PAIR, LinkRole.REQUEST)) {
      if (!bench.transport().roles().contains(role)) {
        continue;
      }
      Link link = bench.bind(role);
      List<Address> before = link.addresses();
      for (int i = 0; i < 10; i++) {
        link.abandon();
        assertThat(link.addresses()).as("%s", role).isEqualTo(before);
      }
    }
  }

  @Test
  default void shouldGoOnWithReceiverThatComesBack(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      Link receiver = bench.bind(pair.receiver());
      Address address = receiver.addresses().get(0);
      Link sender = bench.connect(pair.sender(), receiver);
      for (int life = 0; life < 4; life++) {
        converse(bench, pair, sender, receiver, "life " + life);
        receiver.close();
        receiver = bench.open(bench.spec(pair.receiver(), true, address));
      }
      converse(bench, pair, sender, receiver, "last life");
      sender.close();
      receiver.close();
    }
  }

  @Test
  default void shouldGoOnWithSenderThatComesBack(LinkBench bench) throws InterruptedException {
    for (RolePair pair : RolePair.of(bench.transport())) {
      RecordingEvents events = new RecordingEvents();
      Link receiver = bench.bind(pair.receiver(), events);
      for (int life = 0; life < 4; life++) {
        Link sender = bench.connect(pair.sender(), receiver);
        converse(bench, pair, sender, receiver, "life " + life);
        sender.close();
        if (tellsConnections()) {
          events.awaitLost(life + 1);
        }
      }
      receiver.close();
    }
  }

  @Test
  default void shouldFindPeerThatComesLater(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      Address address = bench.deserted(pair.receiver());
      Link sender = bench.open(bench.spec(pair.sender(), false, address));
      if (pair.sender() != LinkRole.PUBLISH) {
        assertThat(sender.send(bench.message("too early"), LinkBench.briefly()))
            .as("%s", pair)
            .isEqualTo(SendResult.NO_PEER);
      }
      Link receiver = bench.open(bench.spec(pair.receiver(), true, address));
      converse(bench, pair, sender, receiver, "at last");
      sender.close();
      receiver.close();
    }
  }

  /**
   * Sends until a message arrives, and has it answered where the roles do that. A connection that
   * ends takes along what is on it, so a first message may be lost, but not all of them; and one
   * that was given up may arrive late, where nobody awaits its answer any more.
   */
  private static void converse(
      LinkBench bench, RolePair pair, Link sender, Link receiver, String text) {
    String sent = null;
    String received = null;
    for (int i = 0; sent == null || !sent.equals(received); i++) {
      assertThat(i).as("messages sent by %s until one arrived (%s)", pair, text).isLessThan(300);
      sent = text + ", attempt " + i;
      if (sender.send(bench.message(sent), LinkBench.briefly()) == SendResult.SENT || i > 0) {
        received = bench.receiveBriefly(receiver);
        while (received != null && !received.equals(sent)) {
          received = bench.receiveBriefly(receiver);
        }
      }
      if (!sent.equals(received) && pair.answers()) {
        sender.abandon();
      }
    }
    if (pair.answers()) {
      bench.reply(receiver, "answer to " + text);
      assertThat(bench.receive(sender)).as("%s", pair).isEqualTo("answer to " + text);
    }
  }
}
