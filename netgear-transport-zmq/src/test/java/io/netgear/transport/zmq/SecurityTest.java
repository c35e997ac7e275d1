package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.SecureMode;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.SendResult;
import io.netgear.testkit.RecordingEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, who does not, and what is said about it. */
@Timeout(180)
class SecurityTest {
  private static final long LONG_MS = 20_000;
  private static final long SHORT_MS = 300;

  @TempDir Path ours;
  @TempDir Path others;

  private final TestPool pool = new TestPool(256L << 20);
  private final RecordingEvents events = new RecordingEvents();
  private final Deque<Link> open = new ArrayDeque<>();

  @AfterEach
  void close() {
    open.forEach(Link::close);
  }

  private Link open(
      LinkRole role, boolean bind, List<Address> at, Security security, RecordingEvents events) {
    LinkSpec spec = Links.spec(pool, role, bind, at, events, 1 << 20, 1);
    Link link = new ZmqTransport().open(Keys.with(spec, security));
    open.push(link);
    return link;
  }

  private Link receiver(LinkRole role, SecureMode mode) {
    return open(role, true, List.of(Links.ANY_PORT), Keys.in(ours).receiver(mode), events);
  }

  private Link sender(LinkRole role, Link to, Security security) {
    return open(role, false, to.addresses(), security, new RecordingEvents());
  }

  /** Keys of a sender's own that knows our receiver. */
  private Keys stranger() throws IOException {
    Keys keys = Keys.in(others);
    KeyDirectory theirs = KeyDirectory.at(others);
    theirs.make(List.of(KeyOwner.SENDER), true);
    KeyDirectory here = KeyDirectory.at(ours);
    here.makeMissing(KeyOwner.RECEIVER);
    Files.copy(here.publicFile(KeyOwner.RECEIVER), theirs.publicFile(KeyOwner.RECEIVER));
    return keys;
  }

  private static void exchange(Link sender, Link receiver, String text) {
    assertThat(sender.send(Links.text(text), Links.in(LONG_MS))).isEqualTo(SendResult.SENT);
    assertThat(Links.receiveText(receiver, LONG_MS)).isEqualTo(text);
    receiver.reply(Links.text("answer to " + text));
    assertThat(Links.receiveText(sender, LONG_MS)).isEqualTo("answer to " + text);
  }

  @Test
  void shouldLetStrangersInWithModeOneAlone() throws IOException {
    Keys stranger = stranger();
    Link any = receiver(LinkRole.REPLY, SecureMode.STONEHOUSE);
    exchange(sender(LinkRole.REQUEST, any, stranger.sender(SecureMode.STONEHOUSE)), any, "hello");

    Link listed = receiver(LinkRole.REPLY, SecureMode.IRONHOUSE);
    Link refused = sender(LinkRole.REQUEST, listed, stranger.sender(SecureMode.IRONHOUSE));
    assertThat(refused.send(Links.text("hello"), Links.in(SHORT_MS))).isEqualTo(SendResult.NO_PEER);
    assertThat(Links.receiveText(listed, SHORT_MS)).isNull();
  }

  @Test
  void shouldSayWhichKeyWasRefused() throws Exception {
    Link receiver = receiver(LinkRole.PULL, SecureMode.IRONHOUSE);
    Keys stranger = stranger();
    CurveKeyPair theirs = KeyDirectory.at(others).pair(KeyOwner.SENDER);
    RecordingEvents told = new RecordingEvents();
    Link sender =
        open(
            LinkRole.PUSH,
            false,
            receiver.addresses(),
            stranger.sender(SecureMode.IRONHOUSE),
            told);

    assertThat(sender.send(Links.text("lost"), Links.in(SHORT_MS))).isEqualTo(SendResult.NO_PEER);

    events.awaitRefused(1);
    assertThat(events.refused().get(0))
        .contains(theirs.open().text(), theirs.open().fingerprint())
        .doesNotContain(Z85.encode(theirs.secret()));
    told.awaitRefused(1);
    assertThat(told.refused().get(0)).contains(theirs.open().text(), "status 400");
  }

  @Test
  void shouldRefuseAReceiverThatIsNotTheOneOfTheKey() throws Exception {
    Keys.in(others).receiver(SecureMode.STONEHOUSE).resolve(warning -> {});
    Link impostor =
        open(
            LinkRole.REPLY,
            true,
            List.of(Links.ANY_PORT),
            Keys.in(others).receiver(SecureMode.STONEHOUSE),
            new RecordingEvents());
    Link sender =
        open(
            LinkRole.REQUEST,
            false,
            impostor.addresses(),
            Keys.in(ours).sender(SecureMode.STONEHOUSE),
            events);

    assertThat(sender.send(Links.text("secret"), Links.in(SHORT_MS))).isEqualTo(SendResult.NO_PEER);
    assertThat(Links.receiveText(impostor, SHORT_MS)).isNull();
    events.awaitRefused(1);
    assertThat(events.refused().get(0))
        .contains(KeyDirectory.at(ours).publicKey(KeyOwner.RECEIVER).text());
  }

  @Test
  void shouldRefusePlainPeersAndBeRefusedByThem() throws Exception {
    Link guarded = receiver(LinkRole.REPLY, SecureMode.STONEHOUSE);
    Link plainSender = sender(LinkRole.REQUEST, guarded, Security.NONE);
    plainSender.send(Links.text("plain"), Links.in(SHORT_MS));
    assertThat(Links.receiveText(guarded, SHORT_MS)).isNull();
    events.awaitRefused(1);

    RecordingEvents told = new RecordingEvents();
    Link plain =
        open(LinkRole.REPLY, true, List.of(Links.ANY_PORT), Security.NONE, new RecordingEvents());
    Link sender =
        open(
            LinkRole.REQUEST,
            false,
            plain.addresses(),
            Keys.in(ours).sender(SecureMode.STONEHOUSE),
            told);
    assertThat(sender.send(Links.text("sealed"), Links.in(SHORT_MS))).isEqualTo(SendResult.NO_PEER);
    assertThat(Links.receiveText(plain, SHORT_MS)).isNull();
    told.awaitRefused(1);
  }

  @Test
  void shouldRefuseAddressesThatAreNotAllowed() throws Exception {
    for (String allowed : List.of("10.0.0.0/8", "127.0.0.0/8")) {
      RecordingEvents told = new RecordingEvents();
      Link receiver =
          open(
              LinkRole.REPLY,
              true,
              List.of(Links.ANY_PORT),
              Keys.in(ours).receiver(SecureMode.IRONHOUSE, allowed),
              told);
      Link sender = sender(LinkRole.REQUEST, receiver, Keys.in(ours).sender(SecureMode.IRONHOUSE));
      if (allowed.startsWith("127")) {
        exchange(sender, receiver, "from here");
      } else {
        assertThat(sender.send(Links.text("no"), Links.in(SHORT_MS))).isEqualTo(SendResult.NO_PEER);
        told.awaitRefused(1);
        assertThat(told.refused().get(0)).contains("127.0.0.1", "10.0.0.0/8");
      }
    }
  }

  @Test
  void shouldStillRefuseAfterAHundredReconnects() throws Exception {
    Keys stranger = stranger();
    Link receiver = receiver(LinkRole.PAIR, SecureMode.IRONHOUSE);
    Link sender = sender(LinkRole.PAIR, receiver, Keys.in(ours).sender(SecureMode.IRONHOUSE));
    for (int i = 0; i < 100; i++) {
      exchange(sender, receiver, "message " + i);
      sender.abandon();
    }
    exchange(sender, receiver, "the last");
    sender.close();

    int before = events.refused().size();
    Link unlisted = sender(LinkRole.PAIR, receiver, stranger.sender(SecureMode.IRONHOUSE));
    assertThat(unlisted.send(Links.text("me too"), Links.in(SHORT_MS)))
        .isEqualTo(SendResult.NO_PEER);
    events.awaitRefused(before + 1);
    unlisted.close();
    before = events.refused().size();
    try (RawPeer plain = new RawPeer(receiver.addresses().get(0))) {
      plain.greetAndBeHungUpOn("PAIR");
    }
    events.awaitRefused(before + 1);
    assertThat(Links.receiveText(receiver, SHORT_MS)).isNull();
  }

  @Test
  void shouldTurnAwayThoseThatGreetAndNeverShowAKey() throws Exception {
    Link receiver = receiver(LinkRole.PAIR, SecureMode.STONEHOUSE);
    try (RawPeer greets = new RawPeer(receiver.addresses().get(0)).greeting(3, "CURVE");
        RawPeer claims = new RawPeer(receiver.addresses().get(0)).greeting(3, "CURVE")) {
      claims.frame(4, "\5READY".getBytes(StandardCharsets.US_ASCII));
      greets.awaitHangUp();
      claims.awaitHangUp();
    }
    events.awaitRefused(2);

    Link sender = sender(LinkRole.PAIR, receiver, Keys.in(ours).sender(SecureMode.STONEHOUSE));
    exchange(sender, receiver, "hello");
  }

  @Test
  void shouldStayProtectedWhenAConnectingReceiverMeetsAnotherSender() throws Exception {
    Keys stranger = stranger();
    Keys known = Keys.in(ours);
    Link first =
        open(
            LinkRole.PUSH,
            true,
            List.of(Links.ANY_PORT),
            known.sender(SecureMode.IRONHOUSE),
            new RecordingEvents());
    List<Address> address = first.addresses();
    Link receiver =
        open(LinkRole.PULL, false, address, known.receiver(SecureMode.IRONHOUSE), events);
    for (int i = 0; i < 5; i++) {
      assertThat(first.send(Links.text("frame " + i), Links.in(LONG_MS)))
          .isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(receiver, LONG_MS)).isEqualTo("frame " + i);
      first.close();
      first =
          open(
              LinkRole.PUSH,
              true,
              address,
              known.sender(SecureMode.IRONHOUSE),
              new RecordingEvents());
      assertThat(Links.receiveText(receiver, 2 * SHORT_MS)).isNull();
    }
    first.close();
    int before = events.refused().size();
    Link unlisted =
        open(
            LinkRole.PUSH,
            true,
            address,
            stranger.sender(SecureMode.IRONHOUSE),
            new RecordingEvents());
    for (int i = 0; events.refused().size() == before; i++) {
      assertThat(i).as("looks at the receiver").isLessThan(100);
      assertThat(Links.receiveText(receiver, SHORT_MS)).isNull();
    }
    assertThat(unlisted.send(Links.text("me"), Links.in(SHORT_MS))).isNotEqualTo(SendResult.SENT);
  }

  @Test
  void shouldHoldBackSendersWithoutLosingAnything() {
    Link receiver = receiver(LinkRole.PULL, SecureMode.IRONHOUSE);
    Link sender = sender(LinkRole.PUSH, receiver, Keys.in(ours).sender(SecureMode.IRONHOUSE));
    int sent = 0;
    while (sent < 2_000
        && sender.send(Links.text("frame " + sent, "x".repeat(30_000)), Links.in(LONG_MS / 10))
            == SendResult.SENT) {
      sent++;
    }
    assertThat(sent)
        .as("frames of 30 KB that a receiver takes that does not look")
        .isLessThan(2_000);
    for (int i = 0; i < sent; i++) {
      try (Message message = receiver.receive(Links.in(LONG_MS))) {
        assertThat(message).isNotNull();
        assertThat(message.parts()).isEqualTo(2);
        assertThat(Links.text(message, 0)).isEqualTo("frame " + i);
        assertThat(message.part(1).remaining()).isEqualTo(30_000);
      }
    }
  }

  @Test
  void shouldWarnOnceOfHugePartsAndOfSecretsThatOthersRead() throws Exception {
    KeyDirectory directory = KeyDirectory.at(ours);
    directory.makeMissing(KeyOwner.SENDER);
    Path secret = directory.secretFile(KeyOwner.SENDER);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(secret.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    RecordingEvents told = new RecordingEvents();
    Link sender =
        open(
            LinkRole.PUSH,
            false,
            List.of(new Address("tcp", "127.0.0.1", 9)),
            Keys.in(ours).sender(SecureMode.STONEHOUSE),
            told);
    for (int i = 0; i < 3; i++) {
      sender.send(Links.text("frame", "x".repeat(5 << 20)), Links.in(10));
    }
    told.awaitWarnings(2);
    assertThat(told.warnings()).hasSize(2);
    assertThat(told.warnings().get(0)).contains(secret.toString(), "chmod 600");
    assertThat(told.warnings().get(1)).contains("35 MB/s");
  }

  @Test
  void shouldOpenNothingWithoutTheKeysItNeeds() throws IOException {
    KeyDirectory directory = KeyDirectory.at(ours);
    directory.make(List.of(KeyOwner.SENDER), false);
    assertThatThrownBy(
            () ->
                open(
                    LinkRole.PUSH,
                    false,
                    List.of(new Address("tcp", "127.0.0.1", 9)),
                    Keys.in(ours).sender(SecureMode.STONEHOUSE),
                    events))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("server.key")
        .hasMessageContaining("the machine that receives");

    Path file = Files.writeString(others.resolve("file"), "no directory");
    assertThatThrownBy(
            () ->
                open(
                    LinkRole.PULL,
                    true,
                    List.of(Links.ANY_PORT),
                    Keys.in(file).receiver(SecureMode.STONEHOUSE),
                    events))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("Cannot make keys in");
  }
}
