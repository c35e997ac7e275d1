package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.testkit.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory that was lent for sending is the lender's again, whatever the peer does. */
@Timeout(60)
class TakeBackTest {
  /** More than the system takes of a connection that nobody reads. */
  private static final int HUGE = 60_000_000;

  private static final byte BEFORE = 0x11;
  private static final byte AFTER = 0x22;

  private final Links links = new Links();
  private final AtomicInteger givenBack = new AtomicInteger();

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

  @Test
  void shouldGiveBackWhatIsHalfSentAndSendNoneOfWhatComesAfter() throws IOException {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).greet("PULL")) {
      PooledBuffer part = lent(HUGE);
      ByteBuffer memory = part.bytes();
      assertThat(sender.send(Message.of(part), Links.in(20_000))).isEqualTo(SendResult.SENT);
      peer.await(1);

      sender.takeBack(part);
      assertThat(givenBack).hasValue(1);
      fill(memory, AFTER);

      long[] counts = peer.count(BEFORE, AFTER);
      assertThat(counts[0]).isLessThan(HUGE);
      assertThat(counts[1]).isZero();
    }
  }

  /** The test's thread plays the one of JeroMQ, in the steps of its encoder. */
  @Test
  void shouldCutAPartThatIsTakenBackWhileItIsLoaded() throws InterruptedException {
    Thread ioThread = Thread.currentThread();
    CountDownLatch waiting = new CountDownLatch(1);
    OutboundGate gate =
        new OutboundGate(
            () -> {
              waiting.countDown();
              return true;
            });
    OutboundMemory memory =
        new OutboundMemory(() -> Thread.currentThread() == ioThread, gate, false);
    PooledBuffer part = lent(1_000_000);
    OutboundMsg msg = Threads.supply(() -> offered(memory, part)).join();
    int announced = msg.size();
    ByteBuffer view = msg.buf();
    CompletableFuture<Void> takingBack = Threads.run(() -> memory.takeBack(part));
    waiting.await();

    assertThat(msg.size()).isEqualTo(announced).isEqualTo(1_000_000);
    assertThatThrownBy(() -> gate.write(null, view))
        .isInstanceOf(OutboundGate.TakenBackException.class);

    takingBack.join();
    assertThat(givenBack).hasValue(1);
    // another connection that was to send it too announces nothing, and does not get to write that
    assertThat(msg.size()).isZero();
    assertThat(msg.buf().capacity()).isZero();
    assertThat(msg.size()).isZero();
    assertThatThrownBy(() -> gate.write(null, ByteBuffer.allocate(2)))
        .isInstanceOf(OutboundGate.TakenBackException.class);
  }

  private static OutboundMsg offered(OutboundMemory memory, PooledBuffer part) {
    OutboundMsg msg = (OutboundMsg) memory.part(part);
    assertThat(msg.isIdentity()).isFalse();
    assertThat(memory.offered(msg)).isEqualTo(1);
    return msg;
  }

  @Test
  void shouldGiveBackWhatWaitsBehindAnother() throws IOException {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).greet("PULL")) {
      sender.send(Message.of(lent(HUGE)), Links.in(20_000));
      peer.await(1);
      PooledBuffer waiting = lent(HUGE);
      ByteBuffer memory = waiting.bytes();
      assertThat(sender.send(Message.of(waiting), Links.in(20_000))).isEqualTo(SendResult.SENT);

      sender.takeBack(waiting);
      assertThat(givenBack).hasValue(1);
      fill(memory, AFTER);

      assertThat(peer.count(BEFORE, AFTER)).containsExactly(HUGE, 0);
    }
  }

  @Test
  void shouldGoOnAfterwardsOverTheNextConnection() throws IOException {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).greet("PULL")) {
      PooledBuffer part = lent(HUGE);
      sender.send(Message.of(part), Links.in(20_000));
      peer.await(1);
      sender.takeBack(part);
      assertThat(peer.count(AFTER)).containsExactly(0);
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
      sender.send(Message.of(part), Links.in(20_000));
      try (Message arrived = receiver.receive(Links.in(20_000))) {
        assertThat(arrived.part(0).remaining()).isEqualTo(1_000_000);
      }
      sender.takeBack(part);
      receiver.reply(Links.text("ok"));
      assertThat(Links.receiveText(sender, 20_000)).isEqualTo("ok");
    }
    assertThat(givenBack).hasValue(20);
    assertThat(sender.connectionsMade()).isEqualTo(1);
  }

  @Test
  void shouldGiveBackWhatIsHalfSentWhenItOpensAnewOrCloses() throws IOException {
    Link sender = links.bound(LinkRole.REQUEST);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).greet("REP")) {
      PooledBuffer part = lent(HUGE);
      ByteBuffer memory = part.bytes();
      sender.send(Message.of(part), Links.in(20_000));
      peer.awaitFrame(HUGE); // before it come four random bytes, the number of the request
      sender.abandon();
      sender.abandon();

      sender.takeBack(part);
      assertThat(givenBack).hasValue(1);
      fill(memory, AFTER);

      assertThat(peer.count(AFTER)).containsExactly(0);
    }
    sender.close();
    PooledBuffer late = lent(HUGE);
    assertThat(sender.send(Message.of(late), Links.in(1_000))).isEqualTo(SendResult.CLOSED);
    sender.takeBack(late);
    assertThat(givenBack).hasValue(2);
  }
}
