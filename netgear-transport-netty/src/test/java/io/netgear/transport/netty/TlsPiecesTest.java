package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Security;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.testkit.Threads;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What TLS cuts into records, and what is handed to it in pieces, arrives as it was. */
@Timeout(60)
class TlsPiecesTest {
  private static final int RECORD = 16 * 1024;
  private static final int PIECE = 8 * RECORD;
  private static final int LONGEST = 5_000_001;

  /** No two records of it are alike. */
  private static final ByteBuffer BYTES = ByteBuffer.allocateDirect(LONGEST);

  static {
    for (int i = 0; i < LONGEST; i++) {
      BYTES.put(i, (byte) (i + i / 251 + i / 65_003));
    }
  }

  @TempDir Path directory;

  private final Links links = new Links();

  @BeforeEach
  void makeCertificates() {
    TlsDirectory.at(directory).makeOwn(List.of(), Duration.ofDays(1), false);
  }

  @AfterEach
  void closeAndCountBuffers() throws InterruptedException {
    links.close();
    links.pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  private Link bound(LinkRole role, Security security) {
    List<Address> any = List.of(new Address("tls", "127.0.0.1", 0));
    return links.open(role, true, any, Events.NONE, security);
  }

  private Link connected(LinkRole role, Link to, Security security) {
    return links.open(role, false, to.addresses(), Events.NONE, security);
  }

  private PooledBuffer part(int from, int length) {
    PooledBuffer part = links.pool.acquire(length);
    part.bytes().put(0, BYTES, from, length);
    return part;
  }

  private static void assertSent(Link link, Message message) {
    assertThat(link.send(message, Links.in(20_000))).isEqualTo(SendResult.SENT);
  }

  @ParameterizedTest
  @EnumSource
  void shouldCarryPartsOfAnyLength(TlsEngine engine) {
    TlsSecurity security = TlsSecurity.in(directory).by(engine);
    Link pull = bound(LinkRole.PULL, security);
    Link push = connected(LinkRole.PUSH, pull, security);
    int[] lengths = {
      1,
      1024,
      1025,
      RECORD - 1,
      RECORD,
      RECORD + 1,
      PIECE - 1,
      PIECE,
      PIECE + 1,
      2 * PIECE,
      3 * PIECE + 17,
      50 * PIECE / 7,
      LONGEST - 3
    };
    for (int length : lengths) {
      assertSent(push, Message.of(part(0, 7), part(1, length), part(2, 9), part(3, length)));

      try (Message message = pull.receive(Links.in(20_000))) {
        assertThat(message.parts()).isEqualTo(4);
        assertThat(message.part(0)).isEqualTo(BYTES.slice(0, 7));
        assertThat(message.part(1)).isEqualTo(BYTES.slice(1, length));
        assertThat(message.part(2)).isEqualTo(BYTES.slice(2, 9));
        assertThat(message.part(3)).isEqualTo(BYTES.slice(3, length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldCarryManyLargeMessagesBothWaysAtOnce(TlsEngine engine) throws Exception {
    TlsSecurity security = TlsSecurity.in(directory).by(engine);
    Link one = bound(LinkRole.PAIR, security);
    Link other = connected(LinkRole.PAIR, one, security);
    List<CompletableFuture<Void>> ends =
        List.of(
            Threads.run(() -> sendMany(one)),
            Threads.run(() -> sendMany(other)),
            Threads.run(() -> receiveMany(one)),
            Threads.run(() -> receiveMany(other)));
    for (CompletableFuture<Void> end : ends) {
      end.get(50, TimeUnit.SECONDS);
    }
  }

  private void sendMany(Link link) {
    for (int i = 1; i <= 20; i++) {
      assertSent(link, Message.of(part(i, i * 100_003)));
    }
  }

  private static void receiveMany(Link link) {
    for (int i = 1; i <= 20; i++) {
      try (Message message = link.receive(Links.in(20_000))) {
        assertThat(message.part(0)).isEqualTo(BYTES.slice(i, i * 100_003));
      }
    }
  }
}
