package io.netgear.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.Peer;
import io.netgear.PixelFormat;
import io.netgear.PluginLoader;
import io.netgear.ReceiverBuilder;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.TransportException;
import io.netgear.internal.memory.DirectBufferPool;
import io.netgear.plugins.FailingPattern;
import io.netgear.plugins.FailingTransport;
import io.netgear.spi.Pattern;
import io.netgear.spi.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link that breaks takes nothing with it: no memory, no frame of the books, no port. */
@Timeout(60)
class FailingLinkTest {
  private static final Frame FRAME = Frame.allocate(FrameFormat.of(64, 48, PixelFormat.BGR));

  private final DirectBufferPool pool = new DirectBufferPool("a test", 1 << 24);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Events events =
      new Events() {
        @Override
        public void lost(Peer peer) {
          told.add(peer.address());
        }
      };

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply", "publish-subscribe", "push-pull"})
  void shouldCloseTheSenderAndItsLinkAndSayWhatFailed(String pattern) throws Exception {
    try (PluginLoader plugins = plugins();
        FrameSender sender =
            NetGear.sender("tcp://127.0.0.1:1")
                .pluginsFrom(plugins)
                .transport("failing")
                .pattern(pattern)
                .uncompressed()
                .pool(pool)
                .onEvent(events)
                .open()) {
      assertThatThrownBy(() -> sender.send(FRAME))
          .isInstanceOf(TransportException.class)
          .hasMessage("The cable was cut.");

      assertThat(told).containsExactly("closed");
      assertThatThrownBy(() -> sender.send(FRAME)).isInstanceOf(IllegalStateException.class);
      assertThat(sender.stats().balanced()).isTrue();
      assertThat(sender.stats().dropped()).containsEntry(DropReason.NOT_ACKNOWLEDGED, 1L);
      assertThat(pool.lentBytes()).isZero();
    }
  }

  @Test
  void shouldCloseAnIdleSenderQuietly() throws Exception {
    try (PluginLoader plugins = plugins()) {
      NetGear.sender("tcp://127.0.0.1:1")
          .pluginsFrom(plugins)
          .transport("failing")
          .uncompressed()
          .onEvent(events)
          .open()
          .close();
    }
    assertThat(told).containsExactly("closed");
  }

  @Test
  void shouldTellWhoReceivesWhatFailed() throws Exception {
    try (PluginLoader plugins = plugins();
        FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .pluginsFrom(plugins)
                .transport("failing")
                .onEvent(events)
                .open()) {
      assertThatThrownBy(() -> receiver.recv(Duration.ofSeconds(30)))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("The cable was cut.");
      assertThat(receiver.end()).contains(StreamEnd.FAILED);
    }
    assertThat(told).containsExactly("closed");
  }

  @Test
  void shouldCloseTheLinkOfASenderThatCannotBeMade() throws Exception {
    try (PluginLoader plugins = plugins()) {
      SenderBuilder builder =
          NetGear.sender("tcp://127.0.0.1:1")
              .pluginsFrom(plugins)
              .transport("failing")
              .pattern("speechless")
              .uncompressed()
              .onEvent(events);

      assertThatThrownBy(builder::open).hasMessage("Nothing comes to mind.");
    }
    assertThat(told).containsExactly("closed");
  }

  @Test
  void shouldCloseTheLinkOfAReceiverThatCannotBeMade() throws Exception {
    try (PluginLoader plugins = plugins()) {
      ReceiverBuilder builder =
          NetGear.receiver("tcp://127.0.0.1:0")
              .pluginsFrom(plugins)
              .transport("failing")
              .pattern("speechless")
              .onEvent(events);

      assertThatThrownBy(builder::open).hasMessage("Nothing comes to mind.");
    }
    assertThat(told).containsExactly("closed");
  }

  private PluginLoader plugins() {
    return new PluginLoader(folder)
        .with(Transport.class, FailingTransport.class)
        .with(Pattern.class, FailingPattern.class);
  }
}
