package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.Security;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import io.netgear.testkit.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A crowd of peers that mean no good, while a stream is running. */
@Timeout(120)
class CrowdTest {
  private static final int LIMIT = 1 << 20;
  private static final int HELD = 200;
  private static final int BATCH = 16;
  private static final long MOST_MORE_DIRECT = 32L << 20;

  @TempDir Path directory;

  private final LeakCheckingPool pool = new LeakCheckingPool(8 * LIMIT);
  private final Links links = new Links(new NettyTransport(), pool);

  @AfterEach
  void closeAndCountBuffers() throws InterruptedException {
    links.close();
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  /** Counts, since there may be more than one would want to keep. */
  private static final class Refusals implements Events {
    private final AtomicLong count = new AtomicLong();

    @Override
    public void refused(Peer peer, String reason) {
      count.incrementAndGet();
    }
  }

  /** Sends a number every few milliseconds, each as long as the one before it went well. */
  private static ScheduledFuture<?> send(ScheduledExecutorService by, Link push, AtomicLong next) {
    return by.scheduleAtFixedRate(
        () -> {
          assertThat(push.send(Links.text(Long.toString(next.get())), Links.in(60_000)))
              .isEqualTo(SendResult.SENT);
          next.incrementAndGet();
        },
        0,
        5,
        TimeUnit.MILLISECONDS);
  }

  /** Checks that all of them arrive in order, {@code count} at last. */
  private static void receive(Link pull, LongSupplier count) {
    for (long next = 0; next < count.getAsLong(); next++) {
      assertThat(Links.receiveText(pull, 60_000)).isEqualTo(Long.toString(next));
    }
  }

  private Security security(String protocol) {
    if (protocol.equals("tcp")) {
      return Security.NONE;
    }
    TlsDirectory.at(directory).makeOwn(List.of(), Duration.ofDays(1), false);
    return TlsSecurity.in(directory);
  }

  /** What a stranger says; each of these is hung up on, or is still awaited. */
  private static void misbehave(RawPeer peer, int kind, Random random) throws IOException {
    switch (kind) {
      case 0 -> {
        byte[] noise = new byte[16 + random.nextInt(200)];
        random.nextBytes(noise);
        noise[0] = 0x7F; // begins nothing that is known here
        peer.bytes(noise);
      }
      case 1 -> peer.bytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      case 2 -> peer.greeting(3, 1, "CURVE");
      case 3 -> peer.greeting(3, 1, "NULL").ready("SUB");
      case 4 -> peer.greeting(3, 1, "NULL").ready("PUSH").length(0, Long.MAX_VALUE);
      case 5 -> peer.greeting(3, 1, "NULL").ready("PUSH").length(0, LIMIT + 1);
      case 6 -> peer.greeting(3, 1, "NULL").length(4, 1 << 20);
      default -> throw new IllegalArgumentException("kind " + kind);
    }
  }

  /** What a stranger says who then says next to nothing more. */
  private static void linger(RawPeer peer, int kind) throws IOException {
    switch (kind) {
      case 0 -> peer.bytes(new byte[] {(byte) 0xFF}); // the first byte of a greeting
      case 1 -> peer.greeting(3, 1, "NULL"); // a greeting, and no handshake
      case 2 -> peer.greeting(3, 1, "NULL").ready("PUSH").length(0, LIMIT);
      case 3 -> peer.bytes(new byte[] {0x16}); // the first byte of TLS
      default -> throw new IllegalArgumentException("kind " + kind);
    }
  }

  /** One of them says one more byte. */
  private static void trickle(ArrayDeque<RawPeer> held) throws IOException {
    RawPeer slow = held.remove();
    try {
      slow.bytes(new byte[1]);
      held.add(slow);
    } catch (SocketException e) {
      slow.close(); // had to make way
    }
  }

  private static void awaitHangUp(List<RawPeer> batch) throws IOException {
    for (RawPeer peer : batch) {
      try (peer) {
        peer.awaitHangUp();
      }
    }
    batch.clear();
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(each -> each.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getTotalCapacity)
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"tcp, 10000", "tls, 400"})
  void shouldNotBeNoticedByTheStreamThatIsRunning(String protocol, int count) throws Exception {
    Security security = security(protocol);
    Refusals refusals = new Refusals();
    RecordingEvents atFriend = new RecordingEvents();
    Address anyPort = new Address(protocol, "127.0.0.1", 0);
    Link pull =
        links
            .transport()
            .open(
                Links.spec(
                    pool, LinkRole.PULL, true, List.of(anyPort), refusals, LIMIT, 1, security));
    Link push = links.open(LinkRole.PUSH, false, pull.addresses(), atFriend, security);
    AtomicLong sent = new AtomicLong();
    AtomicLong toCome = new AtomicLong(Long.MAX_VALUE);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> sending = send(clock, push, sent);
    CompletableFuture<Void> receiving = Threads.run(() -> receive(pull, toCome::get));
    long before = directBytes();
    Random random = new Random(7);
    ArrayDeque<RawPeer> held = new ArrayDeque<>();
    List<RawPeer> batch = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        RawPeer peer = new RawPeer(pull.addresses().get(0));
        if (i % 8 == 7) {
          linger(peer, protocol.equals("tls") ? 3 : i / 8 % 4);
          held.add(peer);
          trickle(held);
          if (held.size() > HELD) {
            held.remove().close();
          }
          continue;
        }
        batch.add(peer);
        try {
          misbehave(peer, i % 8, random);
        } catch (SocketException e) {
          // hung up on while it was still talking
          assertThat(e).hasMessageMatching(".*([Bb]roken pipe|[Rr]eset).*");
        }
        if (batch.size() == BATCH || i >= count - 2) {
          awaitHangUp(batch);
        }
      }
      assertThat(directBytes() - before).isLessThan(MOST_MORE_DIRECT);
      assertThat(sending.isDone()).isFalse();
      clock.shutdown();
      assertThat(clock.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      long last = sent.get();
      toCome.set(last + 1);
      assertThat(push.send(Links.text(Long.toString(last)), Links.in(60_000)))
          .isEqualTo(SendResult.SENT);
      receiving.get(60, TimeUnit.SECONDS);
      assertThat(push.connectionsMade()).as("connections of the stream").isEqualTo(1);
      assertThat(atFriend.lost()).isEmpty();
      // all that were hung up on, and those of the held ones that had to make way
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(refusals.count).hasValueGreaterThanOrEqualTo(count / 8 * 7));
    } finally {
      clock.shutdownNow();
      for (RawPeer peer : held) {
        peer.close();
      }
      pull.close();
    }
  }

  @Test
  void shouldCutAPeerThatSendsAMessageDropByDrop() throws Exception {
    Timing hasty = new Timing(5_000, 500, 2_000, 20, 200, 300);
    RecordingEvents events = new RecordingEvents();
    ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();
    try (Links own = new Links(new NettyTransport(null, hasty), pool)) {
      Link pull = own.open(LinkRole.PULL, true, List.of(Links.ANY_PORT), events, LIMIT, 1);
      try (RawPeer slow = new RawPeer(pull.addresses().get(0)).meet("PUSH")) {
        slow.length(0, LIMIT);
        drops.scheduleAtFixedRate(
            () -> {
              try {
                slow.bytes(new byte[1]);
              } catch (IOException e) {
                throw new UncheckedIOException(e); // was cut: no further drops
              }
            },
            0,
            10,
            TimeUnit.MILLISECONDS);
        slow.awaitHangUp();
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(events.refused())
                      .anyMatch(each -> each.contains("bytes of a message in 1500 ms")));
    } finally {
      drops.shutdownNow();
    }
  }
}
