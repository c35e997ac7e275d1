package io.netgear.transport.zmq;

import static io.netgear.transport.zmq.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PatientSelectorTest {
  private PatientSelector selector;
  private Pipe pipe;

  @BeforeEach
  void open() throws IOException {
    selector = new PatientSelector(SelectorProvider.provider());
    pipe = Pipe.open();
    pipe.source().configureBlocking(false);
  }

  @AfterEach
  void close() throws IOException {
    selector.close();
    pipe.source().close();
    pipe.sink().close();
  }

  @Test
  void shouldTellWhatIsReadyUntilItIsRead() throws IOException {
    Object attachment = new Object();
    SelectionKey key = pipe.source().register(selector, SelectionKey.OP_READ, attachment);
    assertThat(selector.selectNow()).isZero();
    pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));

    for (int turn = 0; turn < 50; turn++) {
      assertThat(selector.select(1_000)).isEqualTo(1);
      Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
      SelectionKey told = ready.next();
      assertThat(told).isSameAs(key);
      assertThat(told.attachment()).isSameAs(attachment);
      assertThat(told.isReadable()).isTrue();
      ready.remove();
      assertThat(ready.hasNext()).isFalse();
    }

    pipe.source().read(ByteBuffer.allocate(1));
    assertThat(selector.selectNow()).isZero();
  }

  @Test
  void shouldFindItsKeyAndFollowItsInterest() throws IOException {
    SelectionKey key = pipe.source().register(selector, 0);
    pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
    assertThat(selector.selectNow()).isZero();
    assertThat(pipe.source().keyFor(selector)).isSameAs(key);

    key.interestOps(SelectionKey.OP_READ);

    assertThat(selector.selectNow()).isEqualTo(1);
    assertThat(key.interestOps()).isEqualTo(SelectionKey.OP_READ);
    assertThat(selector.keys()).containsExactly(key);
  }

  @Test
  void shouldForgetCancelledKeysSoThatTheirChannelsCanBeRegisteredAgain() throws IOException {
    pipe.source().register(selector, SelectionKey.OP_READ).cancel();

    assertThat(selector.selectNow()).isZero();

    assertThat(selector.keys()).isEmpty();
    assertThat(pipe.source().isRegistered()).isFalse();
    assertThat(pipe.source().register(selector, SelectionKey.OP_READ).isValid()).isTrue();
  }

  @Test
  void shouldLetGoOfSocketsThatAreClosed() throws IOException {
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      for (int i = 0; i < 20; i++) {
        SocketChannel near = SocketChannel.open(server.getLocalAddress());
        near.configureBlocking(false);
        near.register(selector, SelectionKey.OP_READ);
        try (SocketChannel far = server.accept()) {
          near.close();
          selector.selectNow();

          // the end of the stream comes only when the descriptor is really closed
          assertThat(far.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void shouldLetGoOfEverythingWhenClosed() throws IOException {
    pipe.source().register(selector, SelectionKey.OP_READ);

    selector.close();

    assertThat(pipe.source().isRegistered()).isFalse();
    assertThatThrownBy(() -> selector.select(1)).isInstanceOf(ClosedSelectorException.class);
  }

  @Test
  void shouldWakeUp() throws Exception {
    Thread waiting =
        new Thread(
            () -> {
              try {
                selector.select();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    waiting.start();
    await().until(() -> waiting.getState() != Thread.State.NEW);

    selector.wakeup();

    waiting.join(10_000);
    assertThat(waiting.isAlive()).isFalse();
  }
}
