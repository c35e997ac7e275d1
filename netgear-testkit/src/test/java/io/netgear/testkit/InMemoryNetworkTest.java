package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Peer;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the contract cannot ask of every transport: exact order, exact counts, faults, the clock.
 */
@LeakChecked
class InMemoryNetworkTest {
  private static final Address HERE = Address.parse("mem://here:1");

  private final InMemoryNetwork network = new InMemoryNetwork();
  private final InMemoryTransport transport = new InMemoryTransport(network);
  private final FakeTicker ticker = new FakeTicker();
  private final RecordingEvents events = new RecordingEvents();

  @Test
  void shouldTakeTurnsAmongPeersThatHaveMessages(LeakCheckingPool pool) {
    try (Link receiver = open(LinkRole.PULL, true, "receiver", pool);
        Link first = open(LinkRole.PUSH, false, "first", pool);
        Link second = open(LinkRole.PUSH, false, "second", pool)) {
      for (int i = 0; i < 3; i++) {
        send(first, "first " + i);
      }
      send(second, "second 0");
      assertThat(List.of(next(receiver), next(receiver), next(receiver), next(receiver)))
          .containsExactly("first 0", "second 0", "first 1", "first 2");
    }
  }

  @Test
  void shouldDealOutStrictlyInTurn(LeakCheckingPool pool) {
    try (Link sender = open(LinkRole.PUSH, true, "sender", pool);
        Link first = open(LinkRole.PULL, false, "first", pool);
        Link second = open(LinkRole.PULL, false, "second", pool)) {
      for (int i = 0; i < 6; i++) {
        send(sender, "frame " + i);
        assertThat(next(i % 2 == 0 ? first : second)).isEqualTo("frame " + i);
      }
    }
  }

  @Test
  void shouldQueueAsManyMessagesAsItWasTold(LeakCheckingPool pool) {
    try (Link receiver = open(LinkRole.PULL, true, "receiver", pool);
        Link sender = open(LinkRole.PUSH, false, "sender", pool)) {
      for (int i = 0; i < 3; i++) {
        send(sender, "frame " + i);
      }
      assertThat(sender.send(text("too many"), now())).isEqualTo(SendResult.TIMED_OUT);
      assertThat(next(receiver)).isEqualTo("frame 0");
      send(sender, "frame 3");
    }
  }

  @Test
  void shouldCountWhatPublishingDrops(LeakCheckingPool pool) {
    try (Link publisher = open(LinkRole.PUBLISH, true, "publisher", pool);
        Link slow = open(LinkRole.SUBSCRIBE, false, "slow", pool);
        Link quick = open(LinkRole.SUBSCRIBE, false, "quick", pool)) {
      for (int i = 0; i < 10; i++) {
        send(publisher, "frame " + i);
        assertThat(next(quick)).isEqualTo("frame " + i);
      }
      assertThat(events.dropped()).isEqualTo(7);
      assertThat(List.of(next(slow), next(slow), next(slow)))
          .containsExactly("frame 0", "frame 1", "frame 2");
      assertThat(slow.receive(now())).isNull();
    }
  }

  @Test
  void shouldSayThatNobodySubscribes(LeakCheckingPool pool) {
    try (Link publisher = open(LinkRole.PUBLISH, true, "publisher", pool)) {
      assertThat(publisher.send(text("anybody?"), now())).isEqualTo(SendResult.DROPPED);
    }
  }

  @Test
  void shouldLoseHoldAndReleaseMessages(LeakCheckingPool pool) {
    try (Link receiver = open(LinkRole.PULL, true, "receiver", pool);
        Link sender = open(LinkRole.PUSH, false, "sender", pool)) {
      network.dropNext("sender", 1);
      send(sender, "lost");
      network.hold("sender");
      send(sender, "held 0");
      send(sender, "held 1");
      assertThat(receiver.receive(now())).isNull();
      network.release("sender");
      assertThat(next(receiver)).isEqualTo("held 0");
      assertThat(next(receiver)).isEqualTo("held 1");
      send(sender, "free");
      assertThat(next(receiver)).isEqualTo("free");
    }
  }

  @Test
  void shouldDeliverWhatIsHeldWhenItsSenderCloses(LeakCheckingPool pool) {
    try (Link receiver = open(LinkRole.PULL, true, "receiver", pool)) {
      try (Link sender = open(LinkRole.PUSH, false, "sender", pool)) {
        network.hold("sender");
        send(sender, "last words");
      }
      assertThat(next(receiver)).isEqualTo("last words");
      assertThat(receiver.receive(now())).isNull();
    }
  }

  @Test
  void shouldTellOfConnectionsThatAreCut(LeakCheckingPool pool) {
    try (Link receiver = open(LinkRole.REPLY, true, "receiver", pool);
        Link sender = open(LinkRole.REQUEST, false, "sender", pool)) {
      assertThat(events.connected()).hasSize(2).contains(Peer.at(HERE.toString()));
      send(sender, "arrived before the cut");
      network.cut("receiver");
      assertThat(events.lost()).hasSize(2);
      assertThat(events.connected()).as("connected again").hasSize(4);
      assertThat(next(receiver)).isEqualTo("arrived before the cut");
      receiver.reply(text("to a connection that is gone"));
      assertThat(sender.receive(now())).isNull();
    }
  }

  @Test
  void shouldKeepIsolatedLinksApart(LeakCheckingPool pool) {
    try (Link receiver = open(LinkRole.PULL, true, "receiver", pool);
        Link sender = open(LinkRole.PUSH, false, "sender", pool)) {
      network.isolate("sender");
      assertThat(network.connections("receiver")).isZero();
      assertThat(sender.send(text("to nobody"), now())).isEqualTo(SendResult.NO_PEER);
      network.restore("sender");
      assertThat(network.connections("receiver")).isEqualTo(1);
      send(sender, "hello again");
      assertThat(next(receiver)).isEqualTo("hello again");
    }
  }

  @Test
  void shouldInjectMessagesThatNobodySent(LeakCheckingPool pool) {
    try (Link receiver = open(LinkRole.REPLY, true, "receiver", pool)) {
      network.inject("receiver", new byte[] {1}, new byte[0]);
      try (Message message = receiver.receive(now())) {
        assertThat(message.parts()).isEqualTo(2);
        assertThat(message.part(0).get(0)).isEqualTo((byte) 1);
      }
      receiver.reply(text("to nobody"));
      assertThatThrownBy(() -> network.inject("stranger", new byte[1]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("stranger");
    }
  }

  @Test
  void shouldRefuseWhatTheReceiverHasNoMemoryFor(LeakCheckingPool pool) {
    LeakCheckingPool small = new LeakCheckingPool(100);
    try (Link receiver = open(LinkRole.PULL, true, "receiver", small);
        Link sender = open(LinkRole.PUSH, false, "sender", pool)) {
      assertThat(sender.send(Message.of(new byte[101]), now())).isEqualTo(SendResult.SENT);
      assertThat(events.refused()).singleElement().asString().contains("no memory");
      send(sender, "small");
      assertThat(next(receiver)).isEqualTo("small");
    }
    small.assertNothingLent();
  }

  @Test
  void shouldWaitByTheClockOfTheSpecification(LeakCheckingPool pool) throws Exception {
    try (Link receiver = open(LinkRole.PULL, true, "receiver", pool)) {
      Thread waiting =
          new Thread(() -> receiver.receive(Deadline.after(Duration.ofHours(1), ticker)));
      waiting.setDaemon(true);
      waiting.start();
      ticker.awaitWaiting(1);
      ticker.advance(Duration.ofHours(1));
      waiting.join(20_000);
      assertThat(waiting.isAlive()).isFalse();
    }
  }

  @Test
  void shouldGoOnWhenListenersThrow(LeakCheckingPool pool) {
    LinkSpec spec = spec(LinkRole.PULL, true, "receiver", pool);
    LinkSpec grumpy =
        new LinkSpec(
            spec.role(),
            spec.bind(),
            spec.addresses(),
            spec.queueDepth(),
            spec.maxMessageBytes(),
            spec.security(),
            spec.pool(),
            new io.netgear.Events() {
              @Override
              public void connected(Peer peer) {
                throw new IllegalStateException("a listener's bad day");
              }
            },
            spec.ticker(),
            spec.name());
    try (Link receiver = transport.open(grumpy);
        Link sender = open(LinkRole.PUSH, false, "sender", pool)) {
      send(sender, "all the same");
      assertThat(next(receiver)).isEqualTo("all the same");
    }
  }

  @Test
  void shouldRefuseWhatTheRoleCannotDo(LeakCheckingPool pool) {
    try (Link puller = open(LinkRole.PULL, true, "puller", pool);
        Link requester = open(LinkRole.REQUEST, false, "requester", pool)) {
      assertThatThrownBy(() -> puller.send(text("no"), now()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("PULL");
      assertThatThrownBy(() -> requester.reply(text("no")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("REQUEST");
      assertThatThrownBy(puller::abandon).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void shouldRefuseSecondRequestAndSecondReply(LeakCheckingPool pool) {
    try (Link replier = open(LinkRole.REPLY, true, "replier", pool);
        Link requester = open(LinkRole.REQUEST, false, "requester", pool)) {
      send(requester, "question");
      assertThatThrownBy(() -> requester.send(text("another"), now()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("abandon");
      assertThat(next(replier)).isEqualTo("question");
      replier.reply(text("answer"));
      assertThatThrownBy(() -> replier.reply(text("another")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void shouldKnowOneMachineByItsNames(LeakCheckingPool pool) {
    LinkSpec everywhere = spec(LinkRole.PULL, true, "receiver", pool, "tcp://*:7");
    LinkSpec here = spec(LinkRole.PUSH, false, "sender", pool, "tcp://localhost:7");
    try (Link receiver = transport.open(everywhere);
        Link sender = transport.open(here)) {
      send(sender, "hello");
      assertThat(next(receiver)).isEqualTo("hello");
      assertThatThrownBy(
              () -> transport.open(spec(LinkRole.PULL, true, "x", pool, "tcp://127.0.0.1:7")))
          .isInstanceOf(TransportException.class);
    }
    try (Link byNumber =
            transport.open(spec(LinkRole.PULL, true, "receiver", pool, "tcp://127.0.0.1:7"));
        Link byName =
            transport.open(spec(LinkRole.PUSH, false, "sender", pool, "tcp://localhost:7"))) {
      send(byName, "hello");
      assertThat(next(byNumber)).isEqualTo("hello");
    }
  }

  @Test
  void shouldRefuseToConnectToPortZero(LeakCheckingPool pool) {
    assertThatThrownBy(
            () -> transport.open(spec(LinkRole.PUSH, false, "sender", pool, "mem://here:0")))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("mem://here:0");
  }

  private Link open(LinkRole role, boolean bind, String name, LeakCheckingPool pool) {
    return transport.open(spec(role, bind, name, pool));
  }

  private LinkSpec spec(LinkRole role, boolean bind, String name, LeakCheckingPool pool) {
    return spec(role, bind, name, pool, HERE.toString());
  }

  private LinkSpec spec(
      LinkRole role, boolean bind, String name, LeakCheckingPool pool, String address) {
    return new LinkSpec(
        role,
        bind,
        List.of(Address.parse(address)),
        3,
        1000,
        Security.NONE,
        pool,
        events,
        ticker,
        name);
  }

  private Deadline now() {
    return Deadline.after(Duration.ZERO, ticker);
  }

  private static Message text(String text) {
    return Message.of(
        PooledBuffer.unpooled(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  private void send(Link link, String text) {
    assertThat(link.send(text(text), now())).isEqualTo(SendResult.SENT);
  }

  private String next(Link link) {
    try (Message message = link.receive(now())) {
      assertThat(message).as("a message").isNotNull();
      return StandardCharsets.UTF_8.decode(message.part(0).slice()).toString();
    }
  }
}
