package io.netgear.transport.zmq;

import static io.netgear.transport.zmq.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.TransportException;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What JeroMQ 0.6.0 does to the unwary, each held off by a test. docs/transport-zmq.md numbers
 * them.
 */
class TrapTest {
  private final Links links = new Links();

  @AfterEach
  void closeAndCountBuffers() {
    links.close();
    await().alias("bytes not given back").until(() -> links.pool.lentBytes() == 0);
  }

  @Test
  void shouldSendExactlyTheBytesBetweenPositionAndLimit() {
    Link pull = links.bound(LinkRole.PULL);
    Link push = links.connected(LinkRole.PUSH, pull);
    for (int size : new int[] {2049, 8191, 8192, 8193, 300_000, 3_000_000}) {
      PooledBuffer whole = links.pool.acquire(size + 1_000);
      Links.fill(whole.bytes(), size);
      whole.bytes().position(400).limit(400 + size);
      byte[] expected = new byte[size];
      whole.bytes().get(400, expected);
      assertThat(push.send(Message.of(whole), Links.in(20_000))).isEqualTo(SendResult.SENT);
      try (Message message = pull.receive(Links.in(20_000))) {
        byte[] received = new byte[message.part(0).remaining()];
        message.part(0).get(0, received);
        assertThat(received).isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldReuseMemoryOnlyOnceItIsWritten() throws InterruptedException {
    Link pull = links.open(LinkRole.PULL, true, List.of(Links.ANY_PORT), Events.NONE, 64 << 20, 4);
    Link push = links.open(LinkRole.PUSH, false, pull.addresses(), Events.NONE, 64 << 20, 4);
    int frames = 400;
    Thread sending =
        new Thread(
            () -> {
              for (int i = 0; i < frames; i++) {
                push.send(
                    links.frame(i, i % 3 == 0 ? 1_500_000 : 350_000 + 8 * i), Links.in(20_000));
              }
            });
    sending.start();
    for (int i = 0; i < frames; i++) {
      try (Message message = pull.receive(Links.in(20_000))) {
        assertThat(Links.text(message, 0)).isEqualTo("frame " + i);
        assertThat(Links.intact(message.part(1), i)).as("frame %d intact", i).isTrue();
      }
    }
    sending.join();
    assertThat(links.pool.heldBytes()).as("memory in use").isLessThan(40L << 20);
  }

  @Test
  void shouldReuseMemoryOnlyOnceEverySubscriberHasIt() {
    Link publisher = links.bound(LinkRole.PUBLISH);
    Link quick = links.connected(LinkRole.SUBSCRIBE, publisher);
    Link slow = links.connected(LinkRole.SUBSCRIBE, publisher);
    int quickGot = 0;
    int slowGot = 0;
    Deadline end = Links.in(60_000);
    for (int i = 0; !end.passed() && (quickGot < 200 || slowGot < 20); i++) {
      publisher.send(links.frame(i, 400_000), Links.in(0));
      quickGot += intactFrames(quick, 1);
      slowGot += i % 10 == 0 ? intactFrames(slow, 1) : 0;
    }
    assertThat(quickGot).isGreaterThanOrEqualTo(200);
    assertThat(slowGot).isGreaterThanOrEqualTo(20);
  }

  private static int intactFrames(Link link, long millis) {
    try (Message message = link.receive(Links.in(millis))) {
      if (message == null) {
        return 0;
      }
      int number = Integer.parseInt(Links.text(message, 0).substring("frame ".length()));
      assertThat(Links.intact(message.part(1), number)).as("frame %d intact", number).isTrue();
      return 1;
    }
  }

  @Test
  void shouldKeepEveryOptionWhenPairIsOpenedAnew() {
    List<String> refused = new CopyOnWriteArrayList<>();
    Events events =
        new Events() {
          @Override
          public void refused(Peer peer, String reason) {
            refused.add(reason);
          }
        };
    Link receiver = links.bound(LinkRole.PAIR);
    Link sender = links.open(LinkRole.PAIR, false, receiver.addresses(), events, 100_000, 1);
    for (int i = 1; i <= 3; i++) {
      int round = i;
      assertThat(sender.send(Links.text("round " + round), Links.in(20_000)))
          .isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("round " + round);
      receiver.reply(links.frame(0, 200_000));
      await()
          .untilAsserted(
              () ->
                  assertThat(refused).hasSize(round).allMatch(reason -> reason.contains("100000")));
      sender.abandon();
    }
  }

  @Test
  void shouldKeepItsPortWhenBoundPairIsOpenedAnew() {
    Link sender = links.bound(LinkRole.PAIR);
    List<Address> before = sender.addresses();
    Link receiver = links.connected(LinkRole.PAIR, sender);
    for (int i = 0; i < 3; i++) {
      assertThat(sender.send(Links.text("frame " + i), Links.in(20_000)))
          .isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("frame " + i);
      sender.abandon();
      assertThat(sender.addresses()).isEqualTo(before);
    }
  }

  @Test
  void shouldServePairThatComesBackWhileItsLastConnectionIsStillKnown() {
    Link receiver = links.bound(LinkRole.PAIR);
    for (int i = 0; i < 30; i++) {
      Link sender = links.connected(LinkRole.PAIR, receiver);
      assertThat(sender.send(Links.text("frame " + i), Links.in(20_000)))
          .isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("frame " + i);
      receiver.reply(Links.text("answer " + i));
      assertThat(Links.receiveText(sender, 20_000)).isEqualTo("answer " + i);
      sender.close();
    }
  }

  @Test
  void shouldQueueFewMessagesForSubscriberThatDoesNotReceive() {
    Link publisher = links.bound(LinkRole.PUBLISH);
    Link subscriber = links.connected(LinkRole.SUBSCRIBE, publisher);
    await()
        .until(
            () -> {
              publisher.send(Links.text("hello"), Links.in(0));
              return Links.receiveText(subscriber, 20) != null;
            });
    int dropped = 0;
    for (int i = 0; i < 500; i++) {
      dropped += publisher.send(links.frame(i, 300_000), Links.in(0)) == SendResult.DROPPED ? 1 : 0;
    }
    assertThat(dropped).as("known to be dropped").isGreaterThan(300);
    int received = 0;
    while (Links.receiveText(subscriber, 500) != null) {
      received++;
    }
    assertThat(received).isLessThan(200);
  }

  @Test
  void shouldSubscribeOnceBoundSubscriberReceives() {
    Link subscriber = links.bound(LinkRole.SUBSCRIBE);
    List<Peer> connected = new CopyOnWriteArrayList<>();
    Link publisher =
        links.open(
            LinkRole.PUBLISH,
            false,
            subscriber.addresses(),
            new Events() {
              @Override
              public void connected(Peer peer) {
                connected.add(peer);
              }
            },
            1 << 20,
            1);
    await().until(() -> !connected.isEmpty());
    for (int i = 0; i < 20; i++) {
      assertThat(publisher.send(Links.text("too early"), Links.in(0)))
          .isEqualTo(SendResult.DROPPED);
    }
    assertThat(Links.receiveText(subscriber, 50)).isNull();
    await().until(() -> publisher.send(Links.text("in time"), Links.in(0)) == SendResult.SENT);
    assertThat(Links.receiveText(subscriber, 20_000)).isEqualTo("in time");
  }

  @Test
  void shouldDealRequestsOutInTurn() {
    Link first = links.bound(LinkRole.REPLY);
    Link second = links.bound(LinkRole.REPLY);
    List<Address> both = new ArrayList<>(first.addresses());
    both.addAll(second.addresses());
    Link asking = links.open(LinkRole.REQUEST, false, both, Events.NONE, 1 << 20, 1);
    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < 200 && answers.size() < 2; i++) {
      asking.send(Links.text("who?"), Links.in(20_000));
      await().until(() -> answerIfAsked(first, "first") || answerIfAsked(second, "second"));
      answers.add(Links.receiveText(asking, 20_000));
    }
    assertThat(answers).containsExactly("first", "second");
  }

  private static boolean answerIfAsked(Link link, String answer) {
    if (Links.receiveText(link, 20) == null) {
      return false;
    }
    link.reply(Links.text(answer));
    return true;
  }

  @Test
  void shouldNotLoseItsWayWhenCallerIsInterrupted() {
    Link pull = links.bound(LinkRole.PULL);
    Link push = links.connected(LinkRole.PUSH, pull);
    Thread.currentThread().interrupt();
    assertThat(push.send(Links.text("one"), Links.in(20_000))).isEqualTo(SendResult.SENT);
    assertThat(Links.receiveText(pull, 20_000)).isEqualTo("one");
    assertThat(Thread.interrupted()).as("interrupted as before").isTrue();
    push.send(Links.text("two"), Links.in(20_000));
    assertThat(Links.receiveText(pull, 20_000)).isEqualTo("two");
  }

  @Test
  void shouldRefuseIpcAndSayWhy() {
    assertThatThrownBy(
            () ->
                links.open(
                    LinkRole.PULL,
                    true,
                    List.of(new Address("ipc", "/tmp/x", 5555)),
                    Events.NONE,
                    1 << 20,
                    1))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("tcp only")
        .hasMessageContaining("no Unix socket");
  }

  @Test
  void shouldGoOnAfterEachOfManyRestartsOfItsPeer() {
    Link receiver = links.bound(LinkRole.REPLY);
    Link sender = links.connected(LinkRole.REQUEST, receiver);
    for (int i = 0; i < 20; i++) {
      String frame = "frame " + i;
      Link now = receiver;
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                if (sender.send(Links.text(frame), Links.in(500)) != SendResult.SENT) {
                  return false;
                }
                boolean asked = frame.equals(Links.receiveText(now, 500));
                if (asked) {
                  now.reply(Links.text("answer"));
                }
                if (!asked || Links.receiveText(sender, 500) == null) {
                  sender.abandon();
                  return false;
                }
                return true;
              });
      List<Address> addresses = receiver.addresses();
      receiver.close();
      receiver = links.open(LinkRole.REPLY, true, addresses, Events.NONE, 1 << 20, 1);
    }
  }
}
