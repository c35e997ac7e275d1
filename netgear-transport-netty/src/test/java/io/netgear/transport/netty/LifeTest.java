package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.TransportException;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections live and end: signs of life, full queues, hanging up, closing. */
@Timeout(60)
class LifeTest {
  private static final int LIMIT = 64 << 20;

  /** Asks for signs of life all the time. */
  private static final Timing NERVOUS = new Timing(5_000, 100, 2_000, 20, 100, 300);

  /** Asks often too, and leaves an answer the time that it may take on a machine that is busy. */
  private static final Timing CURIOUS = new Timing(5_000, 700, 2_000, 20, 100, 300);

  /** What was accepted is written before a link is closed, however busy the machine is. */
  private static final Timing LINGERING = new Timing(5_000, 5_000, 2_000, 20, 100, 20_000);

  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final Links links = new Links(new NettyTransport(), pool);
  private final Links nervous = new Links(new NettyTransport(null, NERVOUS), pool);
  private final Links curious = new Links(new NettyTransport(null, CURIOUS), pool);
  private final Links lingering = new Links(new NettyTransport(null, LINGERING), pool);
  private final RecordingEvents events = new RecordingEvents();

  @AfterEach
  void close() throws InterruptedException {
    links.close();
    nervous.close();
    curious.close();
    lingering.close();
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  private Link bound(Links by, LinkRole role) {
    return by.open(role, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
  }

  private Message pooled(int first, int bytes) {
    PooledBuffer payload = pool.acquire(bytes);
    payload.bytes().putInt(0, first);
    return Message.of(payload);
  }

  private static int number(Message message) {
    try (message) {
      assertThat(message).isNotNull();
      return message.part(0).getInt(0);
    }
  }

  @Test
  void shouldCutPeerThatGivesNoSignOfLife() throws Exception {
    Link link = bound(nervous, LinkRole.PULL);
    try (RawPeer silent = new RawPeer(link.addresses().get(0)).meet("PUSH")) {
      assertThat(silent.read().text()).isEqualTo("\4PING\0\0");
      silent.awaitHangUp();
    }
    events.awaitLost(1);
  }

  @Test
  void shouldCutPeerThatFallsSilentWithinMessage() throws Exception {
    Link link = bound(nervous, LinkRole.PULL);
    try (RawPeer slow = new RawPeer(link.addresses().get(0)).meet(0, "PUSH")) {
      slow.length(0, 100_000).bytes(new byte[50_000]);
      slow.awaitHangUp();
    }
    events.awaitLost(1);
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  @Test
  void shouldKeepPeersThatAnswer() throws Exception {
    Link pull = bound(curious, LinkRole.PULL);
    try (Link push = curious.connected(LinkRole.PUSH, pull);
        RawPeer raw = new RawPeer(pull.addresses().get(0)).meet("PUSH");
        RawPeer old = new RawPeer(pull.addresses().get(0)).meet(0, "PUSH")) {
      events.awaitConnected(3);
      for (int i = 0; i < 5; i++) {
        assertThat(raw.read().text()).isEqualTo("\4PING\0\0");
        raw.command("\4PONG");
      }
      assertThat(push.send(Links.text("lives"), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(pull, 20_000)).isEqualTo("lives");
      old.frame(0, "lives too, and was never asked");
      assertThat(Links.receiveText(pull, 20_000)).startsWith("lives too");
      assertThat(events.lost()).isEmpty();
      assertThat(push.connectionsMade()).isEqualTo(1);
    }
  }

  @Test
  void shouldLoseNoneOfTheAnswersThatFollowEachOtherAtOnce() throws Exception {
    Link link = bound(links, LinkRole.PAIR);
    try (RawPeer peer = new RawPeer(link.addresses().get(0)).meet("PAIR")) {
      peer.frame(0, "frame");
      link.receive(Links.in(20_000)).close();
      for (int i = 0; i < Peers.MOST_SMALL_ANSWERS; i++) {
        link.reply(Links.text("answer " + i));
      }
      for (int i = 0; i < Peers.MOST_SMALL_ANSWERS; i++) {
        assertThat(peer.read().text()).isEqualTo("answer " + i);
      }
    }
  }

  @Test
  void shouldKeepNoMoreLargeAnswersThanTheQueueIsDeep() throws Exception {
    int answers = 20;
    int bytes = 4 << 20;
    Link link = bound(links, LinkRole.PAIR);
    try (RawPeer peer = new RawPeer(link.addresses().get(0)).meet("PAIR")) {
      peer.frame(0, "frame");
      link.receive(Links.in(20_000)).close();
      for (int i = 0; i < answers; i++) {
        link.reply(pooled(i, bytes));
        // one that is being written, one that waits, and what the system has taken
        assertThat(pool.lentBytes()).isLessThanOrEqualTo(2L * bytes);
      }
      assertThat(peer.read().body()).hasSize(bytes);
    }
  }

  @Test
  void shouldNotCutPeerThatItDoesNotListenTo() throws Exception {
    Link pair = bound(curious, LinkRole.PAIR);
    try (RawPeer raw = new RawPeer(pair.addresses().get(0)).meet("PAIR")) {
      for (int i = 0; i < 5; i++) {
        raw.frame(0, "frame " + i);
      }
      // it answers nothing from here on, as far as the link can know
      for (int i = 0; i < 5; i++) {
        assertThat(raw.read().text()).isEqualTo("\4PING\0\0");
      }
      for (int i = 0; i < 5; i++) {
        assertThat(Links.receiveText(pair, 20_000)).isEqualTo("frame " + i);
      }
    }
  }

  /** The system of one that has closed would throw away what it still holds. */
  @Test
  void shouldAskPushNothingThatItDoesNotListenTo() throws Exception {
    Link pull = bound(curious, LinkRole.PULL);
    try (RawPeer raw = new RawPeer(pull.addresses().get(0)).meet("PUSH")) {
      for (int i = 0; i < 5; i++) {
        raw.frame(0, "frame " + i);
      }
      assertThat(raw.isSilentFor(3_000)).isTrue();
      for (int i = 0; i < 5; i++) {
        assertThat(Links.receiveText(pull, 20_000)).isEqualTo("frame " + i);
      }
      assertThat(raw.read().text()).as("when it is listened to again").isEqualTo("\4PING\0\0");
    }
  }

  /** It may hold back, and its answers would come when the PUSH has closed. */
  @Test
  void shouldNeitherAskNorCutPullThatSaysNothing() throws Exception {
    Link push = bound(nervous, LinkRole.PUSH);
    try (RawPeer raw = new RawPeer(push.addresses().get(0)).meet("PULL")) {
      assertThat(push.send(Links.text("one"), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertThat(raw.read().text()).isEqualTo("one");
      assertThat(raw.isSilentFor(1_500)).isTrue();
      assertThat(push.send(Links.text("two"), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertThat(raw.read().text()).isEqualTo("two");
    }
  }

  @Test
  void shouldHoldPeerBackUntilThereIsRoom() throws Exception {
    Link pull = bound(links, LinkRole.PULL);
    Link push = links.connected(LinkRole.PUSH, pull);
    int accepted = 0;
    while (push.send(pooled(accepted, 1 << 20), Links.in(300)) == SendResult.SENT) {
      accepted++;
    }
    // of what is not in the kernel: two wait to be sent, one waits to be received
    assertThat(pool.lentBytes()).isLessThanOrEqualTo(4L << 20);
    for (int i = 0; i < accepted; i++) {
      assertThat(number(pull.receive(Links.in(20_000)))).isEqualTo(i);
    }
  }

  @Test
  void shouldReceiveWhatPeerSentThatHasHungUp() throws Exception {
    Link pull = bound(links, LinkRole.PULL);
    int messages = 200;
    try (RawPeer peer = new RawPeer(pull.addresses().get(0)).meet("PUSH")) {
      for (int i = 0; i < messages; i++) {
        peer.frame(1, "frame " + i).frame(0, new byte[3_000]);
      }
    }
    for (int i = 0; i < messages; i++) {
      assertThat(Links.receiveText(pull, 20_000)).isEqualTo("frame " + i);
    }
    events.awaitLost(1);
  }

  @Test
  void shouldDropTheOldestForSlowSubscribersAndCount() throws Exception {
    Link publisher = bound(links, LinkRole.PUBLISH);
    try (RawPeer slow = new RawPeer(publisher.addresses().get(0)).meet("SUB");
        RawPeer quick = new RawPeer(publisher.addresses().get(0)).meet("SUB")) {
      for (RawPeer each : List.of(slow, quick)) {
        each.command("\11SUBSCRIBE").command("\4PING\0\0");
        assertThat(each.read().text()).isEqualTo("\4PONG");
      }
      int last = 40;
      for (int i = 0; i <= last; i++) {
        assertThat(publisher.send(pooled(i, 1 << 20), Links.in(0))).isEqualTo(SendResult.SENT);
        assertThat(quick.read().body()).startsWith(intBytes(i));
      }
      List<Integer> received = new ArrayList<>();
      do {
        byte[] body = slow.read().body();
        received.add((int) body[0]);
      } while (received.get(received.size() - 1) < last);
      assertThat(received).as("in order, without most, with the newest").isSorted();
      assertThat(received.size()).isLessThan(last);
      int missing = last + 1 - received.size();
      await().untilAsserted(() -> assertThat(events.dropped()).isEqualTo(missing));
    }
  }

  private static byte[] intBytes(int value) {
    // pooled memory is little-endian
    return new byte[] {(byte) value, 0, 0, 0};
  }

  @ParameterizedTest
  @EnumSource(
      value = LinkRole.class,
      names = {"PAIR", "PUSH"})
  void shouldSendWhatWasAcceptedBeforeItClosed(LinkRole role) {
    LinkRole other = role == LinkRole.PAIR ? LinkRole.PAIR : LinkRole.PULL;
    for (int i = 0; i < 20; i++) {
      Link receiver = bound(lingering, other);
      Link sender = lingering.connected(role, receiver);
      assertThat(sender.send(pooled(i, 2 << 20), Links.in(20_000))).isEqualTo(SendResult.SENT);
      sender.close();
      assertThat(number(receiver.receive(Links.in(20_000)))).isEqualTo(i);
      receiver.close();
    }
  }

  @Test
  void shouldCloseWhilePeerTakesNothing() throws Exception {
    Link push = bound(links, LinkRole.PUSH);
    try (RawPeer stopped = new RawPeer(push.addresses().get(0)).meet("PULL")) {
      while (push.send(pooled(0, 1 << 20), Links.in(200)) == SendResult.SENT) {
        // until nothing more goes
      }
      push.close();
      pool.awaitNothingLent(Duration.ofSeconds(20));
      assertThatThrownBy(() -> new RawPeer(push.addresses().get(0)))
          .isInstanceOf(IOException.class);
      stopped.awaitHangUp();
    }
  }

  @Test
  void shouldEndItsThreadsWhenClosed() {
    Link link = links.open(LinkRole.PULL, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
    Link push = links.connected(LinkRole.PUSH, link);
    assertThat(push.send(Links.text("x"), Links.in(20_000))).isEqualTo(SendResult.SENT);
    assertThat(threads()).isNotEmpty();
    push.close();
    link.close();
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("netgear-netty-"))
        .toList();
  }

  @Test
  void shouldAskPeerAnewThatLeftTwoRequestsUnanswered() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Address address = new Address("tcp", "127.0.0.1", server.getLocalPort());
      Link link = links.open(LinkRole.REQUEST, false, List.of(address), events, LIMIT, 1);
      try (RawPeer dead = new RawPeer(server.accept()).meet("REP")) {
        for (int i = 0; i < 2; i++) {
          assertThat(link.send(Links.text("anybody?"), Links.in(20_000)))
              .isEqualTo(SendResult.SENT);
          assertThat(link.receive(Links.in(10))).isNull();
          link.abandon();
        }
        dead.awaitHangUp();
      }
      try (RawPeer alive = new RawPeer(server.accept()).meet("REP")) {
        assertThat(link.send(Links.text("anybody?"), Links.in(20_000))).isEqualTo(SendResult.SENT);
        alive.frame(1, alive.read().body()).frame(1, alive.read().body()).frame(0, "yes");
        assertThat(Links.receiveText(link, 20_000)).isEqualTo("yes");
      }
    }
  }

  @Test
  void shouldSayWhichHostIsNotKnown() {
    Address nowhere = new Address("tcp", "no-such-host.invalid", 5555);
    for (boolean bind : new boolean[] {true, false}) {
      assertThatThrownBy(() -> links.open(LinkRole.PULL, bind, List.of(nowhere), events, LIMIT, 1))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("no-such-host.invalid' is not known");
    }
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
  }
}
