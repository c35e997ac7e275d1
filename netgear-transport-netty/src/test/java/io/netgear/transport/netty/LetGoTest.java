package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory lent for a moment is the lender's again, and what it held arrives, whatever peers do. */
@Timeout(60)
class LetGoTest {
  /** More than the system takes of a connection that nobody reads. */
  private static final int HUGE = 40_000_000;

  private static final int LARGE = 3_000_000;

  /** Of a length that no piece is a multiple of. */
  private static final byte[] NOISE = new byte[65_537];

  static {
    new Random(1).nextBytes(NOISE);
  }

  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final AtomicInteger givenBack = new AtomicInteger();
  private Links links = new Links(new NettyTransport(), pool);

  @TempDir Path directory;

  @AfterEach
  void closeAndCountBuffers() throws InterruptedException {
    links.close();
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  static Stream<Arguments> ways() {
    return Stream.of(Carrier.best(), Carrier.NIO)
        .flatMap(carrier -> Stream.of("tcp", "ipc").map(name -> Arguments.of(carrier, name)));
  }

  /** Two ends that have met; the first is bound. */
  private List<Link> ends(Carrier carrier, String protocol, LinkRole from, LinkRole to) {
    links = new Links(new NettyTransport(carrier, Timing.USUAL), pool);
    Address any =
        protocol.equals("ipc")
            ? new Address("ipc", directory.resolve("link").toString(), 0)
            : Links.ANY_PORT;
    Link sender = links.open(from, true, List.of(any), Events.NONE, 64 << 20, 1);
    return List.of(sender, links.connected(to, sender));
  }

  /** What follows is not read from the network until both have been received. */
  private static void holdBack(Link sender) {
    for (int i = 0; i < 2; i++) {
      assertThat(sender.send(Links.text("small"), Links.in(20_000))).isEqualTo(SendResult.SENT);
    }
  }

  private static void receiveSmall(Link receiver) {
    for (int i = 0; i < 2; i++) {
      assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("small");
    }
  }

  private PooledBuffer lent(int bytes, int seed) {
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
    fill(memory, seed);
    return new PooledBuffer(memory, back -> givenBack.incrementAndGet());
  }

  private static void fill(ByteBuffer memory, int seed) {
    ByteBuffer to = memory.duplicate().clear();
    to.put(NOISE, seed, Math.min(NOISE.length - seed, to.remaining()));
    while (to.hasRemaining()) {
      to.put(NOISE, 0, Math.min(NOISE.length, to.remaining()));
    }
  }

  private static void send(Link link, PooledBuffer part) {
    Message message = Message.of(PooledBuffer.unpooled(ByteBuffer.wrap(new byte[] {7})), part);
    assertThat(link.send(message, Links.in(20_000))).isEqualTo(SendResult.SENT);
  }

  private boolean letGo(Link link, PooledBuffer part) {
    return letGo(link, part, HUGE);
  }

  private boolean letGo(Link link, PooledBuffer part, int bytes) {
    PooledBuffer spare = pool.acquire(bytes);
    try {
      return link.letGo(part, spare);
    } finally {
      spare.release();
    }
  }

  private static void assertArrives(Link receiver, int bytes, int seed) {
    try (Message message = receiver.receive(Links.in(20_000))) {
      ByteBuffer expected = ByteBuffer.allocateDirect(bytes);
      fill(expected, seed);
      assertThat(message.part(0)).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
      assertThat(message.part(1).mismatch(expected)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldSendOnFromTheSpareWhatThePeerDoesNotTake(Carrier carrier, String protocol) {
    List<Link> ends = ends(carrier, protocol, LinkRole.PUSH, LinkRole.PULL);
    holdBack(ends.get(0));
    PooledBuffer part = lent(HUGE, 1);
    ByteBuffer memory = part.bytes();
    send(ends.get(0), part);

    assertThat(letGo(ends.get(0), part)).isFalse();
    assertThat(givenBack).hasValue(1);
    fill(memory, 99);

    receiveSmall(ends.get(1));
    assertArrives(ends.get(1), HUGE, 1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldSendWhatFollowsBehindTheRestOfIt(Carrier carrier, String protocol) {
    List<Link> ends = ends(carrier, protocol, LinkRole.PAIR, LinkRole.PAIR);
    holdBack(ends.get(0));
    PooledBuffer first = lent(HUGE, 1);
    send(ends.get(0), first);
    assertThat(letGo(ends.get(0), first)).isFalse();
    PooledBuffer second = lent(LARGE, 2);
    ByteBuffer memory = second.bytes();
    send(ends.get(0), second);

    assertThat(letGo(ends.get(0), second, LARGE)).isFalse();
    assertThat(givenBack).hasValue(2);
    fill(memory, 99);
    assertThat(ends.get(0).send(Links.text("no room"), Links.in(50)))
        .isEqualTo(SendResult.TIMED_OUT);

    receiveSmall(ends.get(1));
    assertArrives(ends.get(1), HUGE, 1);
    assertArrives(ends.get(1), LARGE, 2);
    assertThat(ends.get(0).send(Links.text("room"), Links.in(20_000))).isEqualTo(SendResult.SENT);
    assertThat(Links.receiveText(ends.get(1), 20_000)).isEqualTo("room");
    assertThat(ends.get(0).connectionsMade()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldCarryManyOutOfOneMemory(Carrier carrier, String protocol) throws Exception {
    int count = 40;
    List<Link> ends = ends(carrier, protocol, LinkRole.PUSH, LinkRole.PULL);
    CompletableFuture<Void> sending =
        Threads.run(
            () -> {
              ByteBuffer memory = ByteBuffer.allocateDirect(LARGE);
              for (int i = 0; i < count; i++) {
                fill(memory, i);
                PooledBuffer part =
                    new PooledBuffer(memory.duplicate(), back -> givenBack.incrementAndGet());
                send(ends.get(0), part);
                letGo(ends.get(0), part, LARGE);
                assertThat(givenBack).hasValue(i + 1);
                fill(memory, 99);
              }
            });
    for (int i = 0; i < count; i++) {
      assertArrives(ends.get(1), LARGE, i);
    }
    sending.get(20, TimeUnit.SECONDS);
    assertThat(ends.get(0).connectionsMade()).isEqualTo(1);
  }

  @Test
  void shouldGiveBackWhatIsLentToAConnectionThatBreaks() throws Exception {
    Link sender = links.bound(LinkRole.PUSH);
    PooledBuffer part = lent(HUGE, 1);
    CompletableFuture<Boolean> letGo;
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).meet("PULL")) {
      send(sender, part);
      peer.await(1);
      letGo = Threads.supply(() -> letGo(sender, part));
    }
    letGo.get(20, TimeUnit.SECONDS);
    assertThat(givenBack).hasValue(1);
  }

  @Test
  void shouldGiveTheSpareBackWhenTheConnectionBreaksAfterwards() throws Exception {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).meet("PULL")) {
      for (int i = 0; i < 2; i++) {
        PooledBuffer part = lent(HUGE, i);
        send(sender, part);
        assertThat(letGo(sender, part)).isFalse();
      }
      assertThat(givenBack).hasValue(2);
      assertThat(pool.lentBytes()).isEqualTo(2L * HUGE);
    }
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  @Test
  void shouldGiveBackWhatWasLentBeforeSomethingElseWasSentToAnother() throws Exception {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer one = new RawPeer(sender.addresses().get(0)).meet("PULL");
        RawPeer other = new RawPeer(sender.addresses().get(0)).meet("PULL")) {
      Patience.await().until(() -> sender.connectionsMade() == 2);
      PooledBuffer part = lent(HUGE, 1);
      send(sender, part);
      assertThat(sender.send(Links.text("small"), Links.in(20_000))).isEqualTo(SendResult.SENT);
      one.await(1);
      other.await(1);

      assertThat(letGo(sender, part)).isFalse();
      assertThat(givenBack).hasValue(1);
    }
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  @Test
  void shouldGiveBackWhatIsLentToALinkThatIsClosed() throws Exception {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).meet("PULL")) {
      PooledBuffer part = lent(HUGE, 1);
      send(sender, part);
      peer.await(1);
      CompletableFuture<Boolean> letGo = Threads.supply(() -> letGo(sender, part));
      sender.close();
      letGo.get(20, TimeUnit.SECONDS);
      assertThat(givenBack).hasValue(1);
    }
    PooledBuffer late = lent(LARGE, 1);
    assertThat(sender.send(Message.of(late), Links.in(1_000))).isEqualTo(SendResult.CLOSED);
    letGo(sender, late, LARGE);
    assertThat(givenBack).hasValue(2);
  }

  @Test
  void shouldKeepTheInterruptOfWhoeverWaits() {
    List<Link> ends = ends(Carrier.best(), "tcp", LinkRole.PUSH, LinkRole.PULL);
    holdBack(ends.get(0));
    PooledBuffer part = lent(HUGE, 1);
    send(ends.get(0), part);
    Thread.currentThread().interrupt();

    letGo(ends.get(0), part);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(givenBack).hasValue(1);
    receiveSmall(ends.get(1));
    assertArrives(ends.get(1), HUGE, 1);
  }

  @Test
  void shouldCloseTheConnectionRatherThanReadOnWithoutRoomForTheRest() throws IOException {
    Link sender = links.bound(LinkRole.PUSH);
    try (RawPeer peer = new RawPeer(sender.addresses().get(0)).meet("PULL")) {
      PooledBuffer part = lent(HUGE, 1);
      send(sender, part);
      PooledBuffer small = pool.acquire(1_000);

      assertThatThrownBy(() -> sender.letGo(part, small)).isInstanceOf(IllegalStateException.class);

      small.release();
      assertThat(givenBack).hasValue(1);
      peer.awaitHangUp();
    }
  }

  @Test
  void shouldSayWhichLinksDoNot() {
    Link request = links.bound(LinkRole.REQUEST);
    PooledBuffer part = lent(1, 0);

    assertThat(request.canLetGo()).isFalse();
    assertThatThrownBy(() -> request.letGo(part, part))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
