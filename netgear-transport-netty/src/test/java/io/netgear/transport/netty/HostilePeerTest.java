package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a peer sends, the next good message arrives, and memory stays within the limits. */
@Timeout(60)
class HostilePeerTest {
  private static final int LIMIT = 1 << 20;

  private final Links links = new Links(new NettyTransport(), new LeakCheckingPool(4 * LIMIT));
  private final RecordingEvents events = new RecordingEvents();
  private Link receiver;

  @BeforeEach
  void open() {
    receiver = links.open(LinkRole.PULL, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
  }

  @AfterEach
  void closeAndCountBuffers() throws InterruptedException {
    links.close();
    links.pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  private RawPeer peer() throws IOException {
    return new RawPeer(receiver.addresses().get(0));
  }

  private void assertServesOthers() {
    try (Link good = links.connected(LinkRole.PUSH, receiver)) {
      assertThat(good.send(Message.of(new byte[100_000]), Links.in(20_000)))
          .isEqualTo(SendResult.SENT);
      try (Message received = receiver.receive(Links.in(20_000))) {
        assertThat(received).isNotNull();
        assertThat(received.size()).isEqualTo(100_000);
      }
    }
  }

  private void awaitRefused(String why) {
    await().untilAsserted(() -> assertThat(events.refused()).anyMatch(each -> each.contains(why)));
  }

  @Test
  void shouldReserveNothingForLengthsBeyondTheLimit() throws IOException {
    for (long length :
        new long[] {LIMIT + 1, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      try (RawPeer peer = peer().meet("PUSH").length(0, length)) {
        peer.awaitHangUp();
      }
    }
    assertThat(links.pool.acquired()).isZero();
    await().until(() -> events.refused().size() == 6);
    assertServesOthers();
  }

  @Test
  void shouldWeighAllPartsTogether() throws IOException {
    try (RawPeer peer = peer().meet("PUSH")) {
      peer.frame(1, new byte[LIMIT / 2]).frame(1, new byte[LIMIT / 2]).length(0, 1).awaitHangUp();
    }
    awaitRefused("limit of " + LIMIT + " bytes in all its parts");
    await().until(() -> links.pool.lentBytes() == 0);
    assertServesOthers();
  }

  @Test
  void shouldHangUpOnPartsThatNeverEnd() throws IOException {
    try (RawPeer peer = peer().meet("PUSH")) {
      for (int i = 0; i <= Arrival.MOST_PARTS; i++) {
        peer.frame(1, new byte[3]);
      }
      peer.awaitHangUp();
    }
    awaitRefused("more than 64 parts");
    assertServesOthers();
  }

  @Test
  void shouldGiveBackWhatPeersReservedThatHungUp() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawPeer peer = peer().meet("PUSH").length(0, LIMIT)) {
        peer.bytes(new byte[1_000]);
      }
    }
    await().until(() -> links.pool.lentBytes() == 0);
    assertServesOthers();
  }

  @Test
  void shouldGiveBackWhatPeersLeftThatHungUpBeforeTheyWereHeard() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (RawPeer peer = peer().meet("PUSH")) {
        peer.frame(0, "heard").frame(1, "header").frame(1, new byte[5_000]);
        peer.bytes(new byte[] {(byte) 0x80, 0}); // such a frame there is not
      }
      events.awaitLost(i + 1);
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("heard");
      await().until(() -> links.pool.lentBytes() == 0);
    }
    awaitRefused("flags 128");
    assertServesOthers();
  }

  @Test
  void shouldForgetWhatAPairLeftUnreadWhenItIsGivenUp() throws Exception {
    Link pair = links.open(LinkRole.PAIR, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
    try (RawPeer peer = new RawPeer(pair.addresses().get(0)).meet("PAIR")) {
      peer.frame(0, "first").frame(0, "second").bytes(new byte[] {(byte) 0x80, 0});
    }
    events.awaitLost(1);
    assertThat(events.refused()).isEmpty();

    pair.abandon();

    awaitRefused("flags 128"); // it was taken apart to its end, and thrown away
    assertThat(Links.receiveText(pair, 100)).isNull();
  }

  @Test
  void shouldTakeCommandsBetweenTheFramesOfAMessage() throws IOException {
    try (RawPeer peer = peer().meet("PUSH")) {
      peer.frame(1, "head").command("\4PING\0\0ctx").frame(1, new byte[3_000]);
      peer.command("\4PONG").frame(0, "tail");
      assertThat(peer.read().text()).isEqualTo("\4PONGctx");
      try (Message message = receiver.receive(Links.in(20_000))) {
        assertThat(message.parts()).isEqualTo(3);
        assertThat(Links.text(message, 0)).isEqualTo("head");
        assertThat(message.part(1).remaining()).isEqualTo(3_000);
        assertThat(Links.text(message, 2)).isEqualTo("tail");
      }
    }
    assertThat(events.refused()).isEmpty();
  }

  @Test
  void shouldKeepNoMoreTopicsThanAreReasonable() throws IOException {
    Link publisher = links.open(LinkRole.PUBLISH, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
    try (RawPeer peer = new RawPeer(publisher.addresses().get(0)).meet("SUB")) {
      String topic = "t".repeat(4_000);
      for (int i = 0; i < Subscriptions.MOST_BYTES / topic.length(); i++) {
        peer.command("\11SUBSCRIBE" + topic);
      }
      peer.command("\4PING\0\0");
      assertThat(peer.read().text()).isEqualTo("\4PONG");
      peer.command("\11SUBSCRIBE" + topic).awaitHangUp();
    }
    awaitRefused("subscriptions have more than 65536 bytes");
  }

  @Test
  void shouldServeOthersWhilePeersAnnounceMuchAndSendNothing() throws IOException {
    List<RawPeer> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        silent.add(peer().meet("PUSH").length(0, LIMIT));
      }
      await().until(() -> links.pool.lentBytes() >= 2 * LIMIT);
      assertServesOthers();
      assertThat(links.pool.lentBytes()).isLessThanOrEqualTo(3 * LIMIT);
    } finally {
      for (RawPeer peer : silent) {
        peer.close();
      }
    }
  }

  @Test
  void shouldDropMessageForWhichThereIsNoMemoryAndGoOn() throws IOException {
    try (RawPeer peer = peer().meet("PUSH")) {
      PooledBuffer hoard = links.pool.acquire(4 * LIMIT - 10_000);
      peer.frame(1, new byte[100]).frame(1, new byte[LIMIT / 2]).frame(0, new byte[LIMIT / 4]);
      awaitRefused("no memory for a part of " + LIMIT / 2 + " bytes");
      hoard.release();
      peer.frame(1, "good").frame(0, new byte[LIMIT / 2]);
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("good");
    }
    assertThat(events.refused()).hasSize(1);
  }

  @Test
  void shouldDropRequestsWithoutEnvelope() throws IOException {
    Link replier = links.open(LinkRole.REPLY, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
    try (RawPeer peer = new RawPeer(replier.addresses().get(0)).meet("DEALER")) {
      peer.frame(0, "no envelope");
      peer.frame(1, "").frame(1, new byte[300]).frame(0, "");
      assertThat(Links.receiveText(replier, 20_000)).isNotNull();
      peer.frame(1, new byte[300]).frame(0, "too long for an envelope");
      for (int i = 0; i < 20; i++) {
        peer.frame(1, "hop");
      }
      peer.frame(0, "");
      peer.frame(0, "");
      peer.frame(1, "far").frame(1, "away").frame(1, "").frame(0, "good");
      assertThat(Links.receiveText(replier, 20_000)).isEqualTo("good");
      replier.reply(Links.text("answer"));
      assertThat(peer.read().text()).isEqualTo("far");
      assertThat(peer.read().text()).isEqualTo("away");
      assertThat(peer.read().text()).isEmpty();
      assertThat(peer.read().text()).isEqualTo("answer");
    }
    await().until(() -> events.refused().size() == 4);
    assertThat(events.refused()).allMatch(why -> why.contains("without the empty frame"));
  }

  @Test
  void shouldTakeNoReplyThatWasNotAskedFor() throws IOException {
    Link requester = links.open(LinkRole.REQUEST, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
    try (RawPeer peer = new RawPeer(requester.addresses().get(0)).meet("REP")) {
      for (int i = 0; i < 50; i++) {
        peer.frame(1, "\0\0\0" + (char) i).frame(1, "").frame(0, "guessed");
      }
      assertThat(requester.send(Links.text("question"), Links.in(20_000)))
          .isEqualTo(SendResult.SENT);
      RawPeer.Part number = peer.read();
      assertThat(number.body()).hasSize(4);
      assertThat(peer.read().text()).isEmpty();
      assertThat(peer.read().text()).isEqualTo("question");
      byte[] wrong = number.body().clone();
      wrong[0] ^= 1;
      peer.frame(1, wrong).frame(1, "").frame(0, "wrong");
      peer.frame(1, number.body()).frame(1, "").frame(0, "right");
      peer.frame(1, number.body()).frame(1, "").frame(0, "once more");
      assertThat(Links.receiveText(requester, 20_000)).isEqualTo("right");
      assertThat(requester.send(Links.text("next"), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(requester, 100)).isNull();
    }
  }

  @Test
  void shouldNotListenToWhatSendersAreTold() throws IOException {
    Link push = links.open(LinkRole.PUSH, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
    try (RawPeer peer = new RawPeer(push.addresses().get(0)).meet("PULL")) {
      peer.frame(0, "noise").frame(0, "\1");
      assertThat(push.send(Links.text("frame"), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertThat(peer.read().text()).isEqualTo("frame");
      peer.length(0, 2_000).awaitHangUp();
    }
    awaitRefused("limit of 1024 bytes");
  }
}
