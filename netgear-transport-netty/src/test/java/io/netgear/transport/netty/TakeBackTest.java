package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory that was lent for sending is the lender's again, whatever the peer does. */
@Timeout(60)
class TakeBackTest {
  /** More than the system takes of a connection that nobody reads. */
  private static final int HUGE = 60_000_000;

  private static final byte BEFORE = 0x11;
  private static final byte AFTER = 0x22;

  private final Links links = new Links();
  private final AtomicInteger givenBack = new AtomicInteger();

  @TempDir Path directory;

  @AfterEach
  void close() {
    links.close();
  }

  private PooledBuffer lent(int bytes) {
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
    fill(memory, BEFORE);
    return new PooledBuffer(memory, back -> givenBack.incrementAndGet());
  }

  private static void fill(ByteBuffer memory, byte value) {
    byte[] bytes = new byte[memory.capacity()];
    Arrays.fill(bytes, value);
    memory.put(0, bytes);
  }

  private static void send(Link link, PooledBuffer part) {
    assertThat(link.send(Message.of(part), Links.in(20_000))).isEqualTo(SendResult.SENT);
  }

  @Test
  void shouldGiveBackWhatIsHalfSentAndSendNoneOfWhatComesAfter() throws IOException {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).meet("PULL")) {
      PooledBuffer part = lent(HUGE);
      ByteBuffer memory = part.bytes();
      send(sender, part);
      peer.await(1);

      sender.takeBack(part);
      assertThat(givenBack).hasValue(1);
      fill(memory, AFTER);

      assertThat(peer.count(AFTER)).isZero();
    }
  }

  @Test
  void shouldGiveBackWhatWaitsBehindAnotherAndSendThatOne() throws IOException {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).meet("PULL")) {
      send(sender, lent(HUGE));
      peer.await(1);
      PooledBuffer waiting = lent(HUGE);
      ByteBuffer memory = waiting.bytes();
      send(sender, waiting);

      sender.takeBack(waiting);
      assertThat(givenBack).hasValue(1);
      fill(memory, AFTER);

      peer.await(8 + HUGE); // the rest of the header, and the body
      send(sender, PooledBuffer.unpooled(ByteBuffer.wrap(new byte[] {AFTER})));
      assertThat(peer.read().body()).containsExactly(AFTER);
      assertThat(givenBack).hasValue(2);
    }
  }

  @Test
  void shouldSendWhatFollowsAtOnceOverTheNextConnection() throws IOException {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).meet("PULL")) {
      PooledBuffer part = lent(HUGE);
      send(sender, part);
      peer.await(1);
      sender.takeBack(part);

      // nobody is there any more, so that it is not lost with the connection that ends
      assertThat(sender.send(Links.text("next"), Links.in(0))).isEqualTo(SendResult.NO_PEER);
      assertThat(peer.count(AFTER)).isZero();
    }
    Link receiver = links.connected(LinkRole.PULL, sender);
    assertThat(sender.send(Links.text("next"), Links.in(20_000))).isEqualTo(SendResult.SENT);
    assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("next");
  }

  @Test
  void shouldLeaveTheConnectionAloneWhenAllWasSent() {
    Link receiver = links.bound(LinkRole.REPLY);
    Link sender = links.connected(LinkRole.REQUEST, receiver);
    for (int i = 0; i < 20; i++) {
      PooledBuffer part = lent(1_000_000);
      send(sender, part);
      try (Message arrived = receiver.receive(Links.in(20_000))) {
        assertThat(arrived.part(0).remaining()).isEqualTo(1_000_000);
      }
      receiver.reply(Links.text("ok"));
      assertThat(Links.receiveText(sender, 20_000)).isEqualTo("ok");
      sender.takeBack(part);
      assertThat(givenBack).hasValue(i + 1);
    }
    assertThat(sender.connectionsMade()).isEqualTo(1);
  }

  @Test
  void shouldGiveBackWhatIsHalfEncrypted() {
    TlsDirectory.at(directory).makeOwn(List.of(), Duration.ofDays(1), false);
    List<Address> anyPort = List.of(new Address("tls", "127.0.0.1", 0));
    Link receiver =
        links.open(LinkRole.PULL, true, anyPort, Events.NONE, TlsSecurity.in(directory));
    Link sender =
        links.open(
            LinkRole.PUSH, false, receiver.addresses(), Events.NONE, TlsSecurity.in(directory));
    send(sender, lent(1_000)); // waits to be received, and what follows it is not read
    send(sender, lent(1_000));
    AtomicInteger ofPart = new AtomicInteger();
    PooledBuffer part =
        new PooledBuffer(ByteBuffer.allocateDirect(HUGE), back -> ofPart.incrementAndGet());
    send(sender, part);

    sender.takeBack(part);

    assertThat(ofPart).hasValue(1);
  }

  @Test
  void shouldGiveBackWhatIsHalfSentWhenItOpensAnewOrCloses() throws IOException {
    Link sender = links.bound(LinkRole.REQUEST);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).meet("REP")) {
      PooledBuffer part = lent(HUGE);
      ByteBuffer memory = part.bytes();
      send(sender, part);
      peer.awaitFrame(HUGE); // before it come four random bytes, the number of the request
      sender.abandon();

      sender.takeBack(part);
      assertThat(givenBack).hasValue(1);
      fill(memory, AFTER);

      assertThat(peer.count(AFTER)).isZero();
    }
    sender.close();
    PooledBuffer late = lent(HUGE);
    assertThat(sender.send(Message.of(late), Links.in(1_000))).isEqualTo(SendResult.CLOSED);
    sender.takeBack(late);
    assertThat(givenBack).hasValue(2);
  }
}
