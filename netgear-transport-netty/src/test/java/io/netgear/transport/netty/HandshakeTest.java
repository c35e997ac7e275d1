package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import io.netgear.transport.netty.RawPeer.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may talk to a link, and how they get to know each other. */
@Timeout(60)
class HandshakeTest {
  /** Impatient with strangers; all else is far away. */
  private static final Timing IMPATIENT = new Timing(2_000, 60_000, 2_000, 20, 100, 300);

  private final Links links =
      new Links(new NettyTransport(null, Timing.USUAL), new LeakCheckingPool());
  private final Links impatient =
      new Links(new NettyTransport(null, IMPATIENT), new LeakCheckingPool());
  private final RecordingEvents events = new RecordingEvents();

  @AfterEach
  void close() throws InterruptedException {
    for (Links each : List.of(links, impatient)) {
      each.close();
      each.pool.awaitNothingLent(Duration.ofSeconds(20));
    }
  }

  private Link bound(Links by, LinkRole role) {
    return by.open(role, true, List.of(Links.ANY_PORT), events, 1 << 20, 1);
  }

  private static RawPeer peerOf(Link link) throws IOException {
    return new RawPeer(link.addresses().get(0));
  }

  private void awaitRefused(String why) {
    await().untilAsserted(() -> assertThat(events.refused()).anyMatch(each -> each.contains(why)));
  }

  private static void assertServes(Link pull) throws IOException {
    try (RawPeer good = peerOf(pull).meet("PUSH")) {
      good.frame(0, "good");
      assertThat(Links.receiveText(pull, 20_000)).isEqualTo("good");
    }
  }

  @Test
  void shouldGreetAsTheStandardSays() throws IOException {
    Link link = bound(links, LinkRole.REQUEST);
    try (RawPeer peer = peerOf(link)) {
      byte[] greeting = peer.readGreeting();
      assertThat(greeting[0]).isEqualTo((byte) 0xFF);
      assertThat(greeting[9]).isEqualTo((byte) 0x7F);
      assertThat(greeting[10]).as("major version").isEqualTo((byte) 3);
      assertThat(greeting[11]).as("minor version").isEqualTo((byte) 1);
      assertThat(new String(greeting, 12, 20, StandardCharsets.US_ASCII).trim()).isEqualTo("NULL");
      assertThat(greeting[32]).as("as-server").isZero();
      peer.greeting(3, 1, "NULL");
      Part ready = peer.read();
      assertThat(ready.flags()).isEqualTo(4);
      assertThat(ready.text()).isEqualTo("\5READY\13Socket-Type\0\0\0\3REQ\10Identity\0\0\0\0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/1.1\r\n\r\n', does not speak ZMTP",
    "'\26\3\1\2\0\1\0\1', does not speak ZMTP but TLS",
    "'\0\0\0\0', does not speak ZMTP",
    "x, does not speak ZMTP"
  })
  void shouldHangUpOnWhoeverDoesNotSpeakZmtp(String words, String why) throws IOException {
    Link link = bound(links, LinkRole.PULL);
    try (RawPeer peer = peerOf(link)) {
      peer.bytes(words.getBytes(StandardCharsets.ISO_8859_1)).awaitHangUp();
    }
    awaitRefused(why);
    assertServes(link);
  }

  @Test
  void shouldHangUpOnOldVersions() throws IOException {
    Link link = bound(links, LinkRole.PULL);
    try (RawPeer peer = peerOf(link)) {
      peer.greeting(1, 0, "").awaitHangUp();
    }
    awaitRefused("ZMTP 2");
    try (RawPeer peer = peerOf(link)) {
      byte[] unversioned = new byte[10];
      unversioned[0] = (byte) 0xFF;
      peer.bytes(unversioned).awaitHangUp();
    }
    awaitRefused("ZMTP 1");
    assertServes(link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CURVE", "PLAIN", "NULLS", ""})
  void shouldHangUpOnOtherMechanisms(String mechanism) throws IOException {
    Link link = bound(links, LinkRole.PULL);
    try (RawPeer peer = peerOf(link)) {
      peer.greeting(3, 1, mechanism).awaitHangUp();
    }
    awaitRefused("mechanism '" + mechanism + "'");
    assertServes(link);
  }

  @ParameterizedTest
  @CsvSource({
    "PULL, SUB, PUSH",
    "REPLY, PAIR, DEALER or REQ",
    "PAIR, REQ, PAIR",
    "PUBLISH, PULL, SUB or XSUB"
  })
  void shouldTellPeerOfTheWrongTypeWhy(LinkRole role, String type, String expected)
      throws IOException {
    Link link = bound(links, role);
    try (RawPeer peer = peerOf(link)) {
      peer.meet(type);
      Part error = peer.read();
      assertThat(error.flags()).isEqualTo(4);
      assertThat(error.text()).startsWith("\5ERROR").contains("talks to " + expected);
      peer.awaitHangUp();
    }
    awaitRefused("it is a " + type);
    assertThat(events.connected()).isEmpty();
  }

  @Test
  void shouldSayWhyItWasTurnedAway() throws IOException {
    Link link = bound(links, LinkRole.PULL);
    try (RawPeer peer = peerOf(link)) {
      peer.greeting(3, 1, "NULL").command("\5ERROR\13go\u001b[31maway").awaitHangUp();
    }
    awaitRefused("turned this end away: go?[31maway");
  }

  @Test
  void shouldRefuseMessagesAndCommandsBeforeTheHandshake() throws IOException {
    Link link = bound(links, LinkRole.PULL);
    try (RawPeer peer = peerOf(link)) {
      peer.greeting(3, 1, "NULL").frame(0, "early").awaitHangUp();
    }
    awaitRefused("sent a message before");
    try (RawPeer peer = peerOf(link)) {
      peer.greeting(3, 1, "NULL").command("\4PING\0\0").awaitHangUp();
    }
    awaitRefused("sent PING before");
    assertThat(Links.receiveText(link, 0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\5READY",
        "\5READY\0",
        "\5READY\13Socket-Type",
        "\5READY\13Socket-Type\0\0\1\0PUSH",
        "\5READY\13Socket-Type\377\377\377\377PUSH",
        "\5READY\10Identity\0\0\0\0"
      })
  void shouldRefuseBrokenReadyCommands(String command) throws IOException {
    Link link = bound(links, LinkRole.PULL);
    try (RawPeer peer = peerOf(link)) {
      peer.greeting(3, 1, "NULL").command(command).awaitHangUp();
    }
    awaitRefused("READY command");
    assertServes(link);
  }

  @Test
  void shouldCutHalfHandshakes() throws IOException {
    Link link = bound(impatient, LinkRole.PULL);
    try (RawPeer silent = peerOf(link);
        RawPeer greeted = peerOf(link).greeting(3, 1, "NULL")) {
      silent.awaitHangUp();
      greeted.awaitHangUp();
    }
    await().until(() -> events.refused().size() == 2);
    assertThat(events.refused()).allMatch(reason -> reason.contains("within 2000 ms"));
    assertServes(link);
  }

  @Test
  void shouldKeepPeersThatHaveShakenHands() throws IOException {
    Link link = bound(impatient, LinkRole.PULL);
    try (RawPeer good = peerOf(link).meet("PUSH");
        RawPeer silent = peerOf(link)) {
      silent.awaitHangUp();
      good.frame(0, "still here");
      assertThat(Links.receiveText(link, 20_000)).isEqualTo("still here");
    }
  }

  @Test
  void shouldLetTheOldestStrangerMakeWay() throws IOException {
    Link link = bound(links, LinkRole.PULL);
    List<RawPeer> strangers = new ArrayList<>();
    try (RawPeer known = peerOf(link).meet("PUSH")) {
      // What has come from it shows that the link has read its READY: it is no stranger any more.
      known.frame(0, "hello");
      assertThat(Links.receiveText(link, 20_000)).isEqualTo("hello");
      for (int i = 0; i <= LinkLoop.MOST_STRANGERS; i++) {
        RawPeer stranger = peerOf(link);
        stranger.readGreeting();
        strangers.add(stranger);
      }
      strangers.get(0).awaitHangUp();
      awaitRefused("when too many others came");
      known.frame(0, "from one that is known");
      assertThat(Links.receiveText(link, 20_000)).isEqualTo("from one that is known");
      assertServes(link);
    } finally {
      for (RawPeer stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void shouldAnswerPingWithItsContext() throws IOException {
    Link link = bound(links, LinkRole.PULL);
    try (RawPeer peer = peerOf(link).meet("PUSH")) {
      peer.command("\4PING\0\0context");
      assertThat(peer.read().text()).isEqualTo("\4PONGcontext");
      peer.command("\4PING\0\0seventeen letters").awaitHangUp();
    }
    awaitRefused("PING of 19 bytes");
  }

  @Test
  void shouldSubscribeAsThePeerUnderstands() throws IOException {
    for (int minor : new int[] {0, 1}) {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Address address = new Address("tcp", "127.0.0.1", server.getLocalPort());
        Link link = links.open(LinkRole.SUBSCRIBE, false, List.of(address), events, 1 << 20, 1);
        try (RawPeer publisher = new RawPeer(server.accept()).meet(minor, "PUB")) {
          Part subscription = publisher.read();
          assertThat(subscription.flags()).isEqualTo(minor == 0 ? 0 : 4);
          assertThat(subscription.text()).isEqualTo(minor == 0 ? "\1" : "\11SUBSCRIBE");
          publisher.frame(0, "news");
          assertThat(Links.receiveText(link, 20_000)).isEqualTo("news");
        }
        link.close();
      }
    }
  }

  @Test
  void shouldPublishWhatWasAskedFor() throws IOException {
    Link link = bound(links, LinkRole.PUBLISH);
    try (RawPeer old = peerOf(link).meet(0, "SUB");
        RawPeer young = peerOf(link).meet("SUB")) {
      old.frame(0, "\1a").frame(0, "\1b");
      young.command("\11SUBSCRIBEc").command("\11SUBSCRIBEa");
      assertPublishes(link, "a1", old, young);
      assertPublishes(link, "b1", old);
      assertPublishes(link, "c1", young);
      old.frame(0, "\0a");
      young.command("\6CANCELc");
      awaitHeard(old);
      awaitHeard(young);
      assertThat(link.send(Links.text("c2"), Links.in(0))).isEqualTo(SendResult.DROPPED);
      assertPublishes(link, "a2", young);
      assertPublishes(link, "b2", old);
    }
  }

  /** The next thing that those hear who asked for it, and that the others do not. */
  private static void assertPublishes(Link link, String text, RawPeer... subscribers)
      throws IOException {
    for (RawPeer subscriber : subscribers) {
      awaitHeard(subscriber);
    }
    assertThat(link.send(Links.text(text), Links.in(0))).isEqualTo(SendResult.SENT);
    for (RawPeer subscriber : subscribers) {
      assertThat(subscriber.read().text()).isEqualTo(text);
    }
  }

  /** What it said before this has been heard. */
  private static void awaitHeard(RawPeer peer) throws IOException {
    assertThat(peer.command("\4PING\0\0").read().text()).isEqualTo("\4PONG");
  }
}
