package io.netgear.transport.zmq;

import static io.netgear.transport.zmq.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a peer sends, the next good message arrives, and memory stays within the limits. */
class HostilePeerTest {
  private static final int LIMIT = 1 << 20;

  private final Links links = new Links(new TestPool(4 * LIMIT));
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private Link receiver;

  @BeforeEach
  void open() {
    receiver =
        links.open(
            LinkRole.PULL,
            true,
            List.of(Links.ANY_PORT),
            new Events() {
              @Override
              public void refused(Peer peer, String reason) {
                refused.add(reason);
              }
            },
            LIMIT,
            1);
  }

  @AfterEach
  void closeAndCountBuffers() {
    links.close();
    await().alias("bytes not given back").until(() -> links.pool.lentBytes() == 0);
  }

  private void assertGoodMessageArrives() {
    Link good = links.connected(LinkRole.PUSH, receiver);
    assertThat(good.send(links.frame(7, 100_000), Links.in(20_000))).isEqualTo(SendResult.SENT);
    String received = Links.receiveText(receiver, 20_000);
    assertThat(received).isEqualTo("frame 7");
    good.close();
  }

  private RawPeer peer() throws IOException {
    return new RawPeer(receiver.addresses().get(0));
  }

  @Test
  void shouldReserveNothingForLengthsBeyondTheLimit() throws IOException {
    for (long length : new long[] {LIMIT + 1, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1}) {
      try (RawPeer peer = peer()) {
        peer.greet("PUSH").length(0, length);
        assertGoodMessageArrives();
      }
    }
    try (RawPeer peer = peer()) {
      // To JeroMQ 2^63 is 0: what comes of it is an empty message like any other.
      peer.greet("PUSH").length(0, Long.MIN_VALUE);
      assertThat(Links.receiveText(receiver, 20_000)).isEmpty();
      assertGoodMessageArrives();
    }
    assertThat(links.pool.heldBytes()).isLessThanOrEqualTo(2 * LIMIT);
    await().untilAsserted(() -> assertThat(refused).hasSizeGreaterThanOrEqualTo(4));
  }

  @Test
  @Timeout(60)
  void shouldTurnAwayThoseThatNeverCompleteTheHandshake() throws Exception {
    try (RawPeer silent = peer();
        RawPeer greets = peer().greeting(3);
        RawPeer browses =
            peer().bytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        RawPeer isOld = peer().greeting(1);
        RawPeer announces = peer().greeting(3).length(4, LIMIT / 2);
        RawPeer isGood = peer().greet("PUSH")) {
      for (RawPeer stranger : List.of(silent, greets, browses, isOld, announces)) {
        stranger.awaitHangUp();
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(refused)
                      .filteredOn(why -> why.contains("handshake within 5 s"))
                      .hasSizeGreaterThanOrEqualTo(2));
      isGood.frame(0, "still here".getBytes(StandardCharsets.US_ASCII));
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("still here");
    }
    assertGoodMessageArrives();
  }

  @Test
  void shouldGiveBackWhatPeersReservedThatHungUp() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (RawPeer peer = peer()) {
        peer.greet("PUSH").length(0, LIMIT);
      }
    }
    await().until(() -> links.pool.lentBytes() == 0);
    assertGoodMessageArrives();
  }

  @Test
  void shouldServeOthersWhilePeersAnnounceMuchAndSendNothing() throws IOException {
    List<RawPeer> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        silent.add(peer().greet("PUSH").length(0, LIMIT));
      }
      await().until(() -> links.pool.lentBytes() >= 2 * LIMIT);
      assertGoodMessageArrives();
      assertThat(links.pool.lentBytes()).isLessThanOrEqualTo(3 * LIMIT);
    } finally {
      for (RawPeer peer : silent) {
        peer.close();
      }
    }
  }

  @Test
  void shouldRegainWhatGonePeersReservedWhileOthersStay() throws IOException {
    Link good = links.connected(LinkRole.PUSH, receiver);
    // where none is connected, all is given back at once
    assertThat(good.send(links.frame(1, 1_000), Links.in(20_000))).isEqualTo(SendResult.SENT);
    assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("frame 1");
    List<RawPeer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        peers.add(peer().greet("PUSH").length(0, LIMIT));
      }
      await().until(() -> links.pool.lentBytes() >= 2 * LIMIT);
    } finally {
      for (RawPeer peer : peers) {
        peer.close();
      }
    }
    byte[] large = new byte[LIMIT - 1_000];
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              good.send(Message.of(large), Links.in(1_000));
              return Links.receiveText(receiver, 1_200) != null;
            });
  }

  @Test
  void shouldNotGrowWithPartsThatNeverEnd() throws IOException {
    try (RawPeer peer = peer()) {
      peer.greet("PUSH");
      for (int i = 0; i < 20_000; i++) {
        peer.frame(1, new byte[3_000]);
      }
      assertThat(links.pool.lentBytes()).isLessThanOrEqualTo(2 * LIMIT);
      peer.frame(0, new byte[10]);
      assertThat(Links.receiveText(receiver, 1_000)).isNull();
      await()
          .untilAsserted(
              () -> assertThat(refused).anyMatch(reason -> reason.contains("all its parts")));
      peer.frame(0, "good".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("good");
    }
  }

  @Test
  void shouldShowThatThereAreTooManyParts() throws IOException {
    try (RawPeer peer = peer()) {
      peer.greet("PUSH");
      for (int i = 0; i < 1_000; i++) {
        peer.frame(i < 999 ? 1 : 0, new byte[10]);
      }
      try (Message message = receiver.receive(Links.in(20_000))) {
        assertThat(message.parts()).isBetween(3, 100);
      }
    }
    assertGoodMessageArrives();
  }

  @Test
  void shouldNotListenToPeersOfOldProtocols() throws IOException {
    for (int version : new int[] {0, 1}) {
      try (RawPeer peer = peer()) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000; i++) {
          all.writeBytes(new byte[] {0, 3, 1, 2, 3});
        }
        peer.bytes(RawPeer.greetingBytes(version, "NULL"), all.toByteArray());
        assertThat(Links.receiveText(receiver, 200)).isNull();
      }
      assertGoodMessageArrives();
    }
  }

  @Test
  void shouldOutliveNonsense() throws IOException {
    byte[][] nonsense = {
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
      new byte[100],
      {(byte) 0xFF},
      {}
    };
    for (byte[] bytes : nonsense) {
      try (RawPeer peer = peer()) {
        peer.bytes(bytes);
        assertGoodMessageArrives();
      }
    }
    try (RawPeer peer = peer()) {
      peer.greetAndBeHungUpOn("SUB");
      assertGoodMessageArrives();
    }
    try (RawPeer peer = peer()) {
      peer.greet("PUSH")
          .bytes(
              RawPeer.frameBytes(4, new byte[] {4, 'P', 'I', 'N', 'G'}),
              RawPeer.frameBytes(4, new byte[3_000]),
              RawPeer.frameBytes(4, new byte[0]));
      assertGoodMessageArrives();
    }
  }

  @Test
  void shouldDropMessageForWhichThereIsNoMemoryAndGoOn() {
    Link good = links.connected(LinkRole.PUSH, receiver);
    PooledBuffer hoard = links.pool.acquire(2 * LIMIT);
    PooledBuffer more = links.pool.acquire(LIMIT + LIMIT / 2);
    byte[] large = new byte[LIMIT - 1_000];
    assertThat(good.send(Message.of(large), Links.in(20_000))).isEqualTo(SendResult.SENT);
    await()
        .untilAsserted(
            () -> {
              assertThat(Links.receiveText(receiver, 100)).isNull();
              assertThat(refused).anyMatch(reason -> reason.contains("no memory"));
            });
    more.release();
    hoard.release();
    assertThat(good.send(Links.text("good"), Links.in(20_000))).isEqualTo(SendResult.SENT);
    assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("good");
  }
}
