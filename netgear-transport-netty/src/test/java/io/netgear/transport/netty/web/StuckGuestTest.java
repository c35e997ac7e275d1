package io.netgear.transport.netty.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.PixelFormat;
import io.netgear.Security;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.Ticker;
import io.netgear.spi.WebSpec;
import io.netgear.testkit.LeakCheckingPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guests that take nothing of what they are told keep neither a place nor memory. */
class StuckGuestTest {
  private static final int VIEWERS = 2;
  private static final int MOST_GUESTS = VIEWERS + 32;
  private static final String UPGRADE =
      "GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  private static final byte[] NONSENSE = HexFormat.of().parseHex("818300000000626164");
  private static final byte[] GOODBYE = HexFormat.of().parseHex("888000000000");

  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final Deque<EmbeddedChannel> channels = new ArrayDeque<>();
  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final WebDoor door = door();

  /** A network that takes nothing more, once it is told so. */
  private static final class Network extends ChannelOutboundHandlerAdapter {
    private final List<Object> waiting = new ArrayList<>();
    private final List<ChannelPromise> promises = new ArrayList<>();
    private boolean stuck;

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise written) {
      if (stuck) {
        waiting.add(bytes);
        promises.add(written);
      } else {
        context.write(bytes, written);
      }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise closed) {
      waiting.forEach(ReferenceCountUtil::release);
      waiting.clear();
      List<ChannelPromise> failed = List.copyOf(promises);
      promises.clear();
      context.close(closed);
      failed.forEach(each -> each.tryFailure(new ClosedChannelException()));
    }
  }

  private WebDoor door() {
    LinkSpec spec =
        new LinkSpec(
            LinkRole.PUBLISH,
            true,
            List.of(new Address("tcp", "127.0.0.1", 5555)),
            1,
            1 << 20,
            Security.NONE,
            pool,
            Events.NONE,
            Ticker.SYSTEM,
            "camera",
            new WebSpec("", VIEWERS, List.of()));
    WebDoor made =
        new WebDoor(
            spec, loop.eventLoop(), Runnable::run, 5_000, 60_000, (peer, why) -> {}, () -> {});
    made.at(new Address("tcp", "127.0.0.1", 5555), new InetSocketAddress("127.0.0.1", 5555));
    made.open();
    return made;
  }

  @AfterEach
  void shouldGiveAllMemoryBack() {
    door.close();
    door.finish();
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    loop.finishAndReleaseAll();
    assertThat(door.isEmpty()).isTrue();
    pool.assertNothingLent();
  }

  private void show() {
    byte[] jpeg =
        HexFormat.of()
            .parseHex("ffd8ffc0000b08000100020101110000ffda0003" + "00".repeat(40) + "ffd9");
    PooledBuffer payload = pool.acquire(jpeg.length);
    payload.bytes().duplicate().put(jpeg);
    boolean unused =
        door.show(
            new FrameHeader(
                Encoding.jpeg(PixelFormat.BGR, true, false), null, "2", null, 1, 1, "s", 0),
            payload);
    payload.release();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  /** Somebody who comes with these first words. */
  private EmbeddedChannel guest(Network network, String words) {
    EmbeddedChannel channel = new EmbeddedChannel(network);
    channel.freezeTime();
    channels.add(channel);
    door.enter(channel, bytes(words), () -> {});
    return channel;
  }

  private static void pass(EmbeddedChannel channel, int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  @Test
  void shouldBeCutWhenTheyDoNotTakeTheirAnswer() {
    show();
    Network network = new Network();
    network.stuck = true;
    EmbeddedChannel channel =
        guest(network, "GET /snapshot.jpg HTTP/1.1\r\nHost: localhost\r\n\r\n");
    pass(channel, 10);
    assertThat(network.waiting).isNotEmpty();
    assertThat(channel.isOpen()).isTrue();

    pass(channel, 15);

    assertThat(channel.isOpen()).isFalse();
    assertThat(door.isEmpty()).isTrue();
  }

  @Test
  void shouldNotBeReadAnyFurtherOnceTheyAreAnswered() {
    Network network = new Network();
    network.stuck = true;
    String request = "GET /viewer.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
    EmbeddedChannel channel = guest(network, request + request);
    for (int i = 0; i < 100; i++) {
      channel.writeInbound(bytes(request.repeat(10)));
    }
    assertThat(network.waiting).hasSizeLessThanOrEqualTo(2); // head and body of one answer
    assertThat(channel.pipeline().names()).noneMatch(name -> name.contains("HttpServerCodec"));
  }

  @Test
  void shouldBeToldOnceWhyTheyMayNotWatchAnyMoreAndBeCut() {
    for (byte[] last : List.of(NONSENSE, GOODBYE)) {
      Network network = new Network();
      EmbeddedChannel channel = guest(network, UPGRADE);
      network.stuck = true;
      show();
      assertThat(network.waiting).as("a picture under way").isNotEmpty();
      channel.writeInbound(Unpooled.copiedBuffer(last));
      int waiting = network.waiting.size();

      for (int i = 0; i < 1_000; i++) {
        channel.writeInbound(Unpooled.copiedBuffer(NONSENSE));
      }
      show();
      assertThat(network.waiting).hasSize(waiting);
      assertThat(door.gallery().viewers()).isEmpty();
      pass(channel, 2);

      assertThat(channel.isOpen()).isFalse();
      assertThat(door.isEmpty()).isTrue();
    }
  }

  @Test
  void shouldMakeWayForOthersUnlessTheyWatch() {
    EmbeddedChannel viewer = guest(new Network(), UPGRADE);
    EmbeddedChannel oldest = guest(new Network(), "GET / HT");
    for (int i = 2; i < MOST_GUESTS; i++) {
      guest(new Network(), "GET / HT");
    }
    assertThat(oldest.isOpen()).isTrue();

    EmbeddedChannel last = guest(new Network(), "GET /stats HTTP/1.1\r\nHost: localhost\r\n\r\n");

    ByteBuf answer = last.readOutbound();
    assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200");
    answer.release();
    assertThat(oldest.isOpen()).isFalse();
    assertThat(viewer.isOpen()).isTrue();
    assertThat(channels.stream().filter(EmbeddedChannel::isOpen).count())
        .isLessThanOrEqualTo(MOST_GUESTS);
  }
}
