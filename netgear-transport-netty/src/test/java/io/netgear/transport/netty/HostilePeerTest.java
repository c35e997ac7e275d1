package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
