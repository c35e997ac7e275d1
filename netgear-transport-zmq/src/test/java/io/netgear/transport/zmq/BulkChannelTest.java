package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code near} is what JeroMQ would have, {@code far} a plain socket at the other end. */
@Timeout(60)
class BulkChannelTest {
  private static final int LARGE = 300_000;

  private final BulkProvider provider = new BulkProvider(new OutboundGate(() -> true), null, false);
  private PatientSelector selector;
  private SocketChannel near;
  private SocketChannel far;

  @BeforeEach
  void connect() throws IOException {
    selector = new PatientSelector(SelectorProvider.provider());
    try (ServerSocketChannel listener = provider.openServerSocketChannel()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      far = SocketChannel.open(listener.getLocalAddress());
      near = listener.accept();
    }
    near.configureBlocking(false);
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
    selector.close();
  }

  @Test
  void shouldTellOfLargePartOnceItIsThereAsWhole() throws IOException {
    byte[] bytes = random(LARGE);
    ByteBuffer part = ByteBuffer.allocateDirect(LARGE);
    near.register(selector, SelectionKey.OP_READ);
    assertThat(near.read(part.duplicate())).isZero();

    for (int sent = 0; sent < LARGE - 50_000; sent += 50_000) {
      far.write(ByteBuffer.wrap(bytes, sent, 50_000));
      assertThat(selector.select(20)).isZero();
    }
    far.write(ByteBuffer.wrap(bytes, LARGE - 50_000, 50_000));

    assertThat(selector.select()).isEqualTo(1);
    ByteBuffer view = part.duplicate();
    assertThat(near.read(view)).isEqualTo(LARGE);
    assertThat(view.hasRemaining()).isFalse();
    assertThat(contents(part)).isEqualTo(bytes);
  }

  @Test
  void shouldGiveLargePartAtOnceWhenItIsThereAlready() throws IOException {
    byte[] bytes = random(LARGE);
    far.write(ByteBuffer.wrap(bytes));
    near.register(selector, SelectionKey.OP_READ);
    ByteBuffer part = ByteBuffer.allocateDirect(LARGE);

    int read = 0;
    while (read == 0) {
      assertThat(selector.select()).isEqualTo(1);
      read = near.read(part.duplicate());
    }

    assertThat(read).isEqualTo(LARGE);
    assertThat(contents(part)).isEqualTo(bytes);
  }

  @Test
  void shouldLeaveWhatFollowsLargePart() throws IOException {
    near.register(selector, SelectionKey.OP_READ);
    ByteBuffer part = ByteBuffer.allocateDirect(LARGE);
    assertThat(near.read(part.duplicate())).isZero();
    far.write(ByteBuffer.wrap(random(LARGE)));
    far.write(ByteBuffer.wrap(new byte[] {7}));
    assertThat(selector.select()).isEqualTo(1);
    assertThat(near.read(part.duplicate())).isEqualTo(LARGE);

    ByteBuffer next = ByteBuffer.allocate(BulkChannel.SMALL_BYTES);
    assertThat(selector.select()).isEqualTo(1);

    assertThat(near.read(next)).isEqualTo(1);
    assertThat(next.get(0)).isEqualTo((byte) 7);
  }

  @Test
  void shouldGiveSmallPartsAsTheyCome() throws IOException {
    near.register(selector, SelectionKey.OP_READ);
    far.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));

    assertThat(selector.select()).isEqualTo(1);

    assertThat(near.read(ByteBuffer.allocate(BulkChannel.SMALL_BYTES))).isEqualTo(3);
    assertThat(near.read(ByteBuffer.allocate(BulkChannel.SMALL_BYTES))).isZero();
  }

  @Test
  void shouldGiveWhatCameBeforeTheEndAndThenTheEnd() throws IOException {
    near.register(selector, SelectionKey.OP_READ);
    ByteBuffer part = ByteBuffer.allocateDirect(LARGE);
    assertThat(near.read(part.duplicate())).isZero();
    byte[] bytes = random(1000);
    far.write(ByteBuffer.wrap(bytes));
    far.close();

    assertThat(selector.select()).isEqualTo(1);

    ByteBuffer view = part.duplicate();
    assertThat(near.read(view)).isEqualTo(1000);
    assertThat(contents(view.flip())).isEqualTo(bytes);
    assertThat(near.read(part.slice(1000, LARGE - 1000))).isEqualTo(-1);
  }

  @Test
  void shouldTellOfResetConnection() throws IOException {
    near.register(selector, SelectionKey.OP_READ);
    ByteBuffer part = ByteBuffer.allocateDirect(LARGE);
    assertThat(near.read(part.duplicate())).isZero();
    far.setOption(StandardSocketOptions.SO_LINGER, 0);
    far.close();

    assertThat(selector.select()).isEqualTo(1);

    assertThatThrownBy(() -> near.read(part.duplicate())).isInstanceOf(IOException.class);
  }

  @Test
  void shouldRefuseOtherPartThanTheOneItIsFilling() throws IOException {
    assertThat(near.read(ByteBuffer.allocateDirect(LARGE))).isZero();

    assertThatThrownBy(() -> near.read(ByteBuffer.allocateDirect(2 * LARGE)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other bytes");
  }

  @Test
  void shouldReturnAtTheTimeOutWhileLargePartIsComing() throws Exception {
    near.register(selector, SelectionKey.OP_READ);
    assertThat(near.read(ByteBuffer.allocateDirect(100_000_000))).isZero();
    Thread trickling = new Thread(() -> trickle(1));
    trickling.start();

    assertThat(selector.select(200)).isZero();

    far.close();
    trickling.join();
  }

  @Test
  void shouldWakeUpWhileLargePartIsComing() throws Exception {
    near.register(selector, SelectionKey.OP_READ);
    assertThat(near.read(ByteBuffer.allocateDirect(100_000_000))).isZero();
    Thread trickling = new Thread(() -> trickle(1));
    trickling.start();

    selector.wakeup();
    assertThat(selector.select()).isZero();

    far.close();
    trickling.join();
  }

  private void trickle(int bytes) {
    try {
      while (far.isOpen()) {
        far.write(ByteBuffer.allocate(bytes));
        Thread.onSpinWait();
      }
    } catch (IOException closed) {
      assertThat(far.isOpen()).isFalse();
    }
  }

  @Test
  void shouldWriteAsMuchAsTheConnectionTakes() throws IOException {
    int size = 40_000_000;
    ByteBuffer all = ByteBuffer.allocateDirect(size);
    all.put(0, random(size));
    far.configureBlocking(false);
    ByteBuffer arrived = ByteBuffer.allocateDirect(size);

    while (arrived.hasRemaining()) {
      int before = all.position();
      int written = near.write(all);
      assertThat(written).isEqualTo(all.position() - before).isBetween(0, BulkChannel.TURN_BYTES);
      assertThat(all.limit()).isEqualTo(size);
      assertThat(far.read(arrived)).isNotNegative();
    }

    assertThat(all.hasRemaining()).isFalse();
    assertThat(arrived.flip()).isEqualTo(all.flip());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] contents(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.limit()];
    buffer.get(0, bytes);
    return bytes;
  }
}
