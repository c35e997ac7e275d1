package io.netgear.transport.netty.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A browser at the other end of a WebSocket. Each picture is one binary message: a header of
 * {@value #HEADER_BYTES} bytes, then the JPEG. The viewer says {@code shown N} for each, in order,
 * and gets no more while it is behind; with {@code time T} it asks for this end's clock.
 * docs/browser.md spells it out.
 */
final class SocketViewer extends SimpleChannelInboundHandler<Object> implements Viewer {
  static final int HEADER_BYTES = 48;

  /** For the last words to be taken. */
  private static final int FAREWELL_SECONDS = 1;

  private static final int MOST_SILENT = 3;
  private static final int MOST_MESSAGES_A_TURN = 5_000;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
  private static final Pattern TIME = Pattern.compile("\\d{1,15}(\\.\\d{1,6})?");
  private static final String SHOWN = "shown ";
  private static final String ASKS_TIME = "time ";
  private static final double MICROS_PER_MILLI = 1e3;

  private final Gallery gallery;
  private final Channel channel;
  private final String greeting;
  private final Pace pace = new Pace();
  private final Feed feed;
  private long number;
  private int silentTurns;
  private int messages;
  private int answers;
  private boolean joined;
  private boolean ended;

  /**
   * @param greeting the first message, JSON
   */
  SocketViewer(Gallery gallery, Channel channel, String greeting) {
    this.gallery = gallery;
    this.channel = channel;
    this.greeting = greeting;
    this.feed = new Feed(gallery, channel, () -> !ended && pace.mayLeave(), this::write);
  }

  /** The handshake is done. */
  void begin() {
    send(new TextWebSocketFrame(greeting));
    joined = true;
    gallery.join(this);
  }

  private void write(Picture picture, ChannelPromise done) {
    number++;
    pace.left(number, System.nanoTime());
    ByteBuf header = channel.alloc().ioBuffer(HEADER_BYTES);
    header.writeInt(1);
    header.writeInt(0);
    header.writeDouble((double) number);
    header.writeDouble((double) picture.header().sequence());
    header.writeDouble(picture.header().sentMicros() / MICROS_PER_MILLI);
    header.writeInt(picture.size().width()).writeInt(picture.size().height());
    header.writeInt((int) Math.min(Integer.MAX_VALUE, feed.missed()));
    header.writeFloat((float) gallery.perSecond());
    ChannelFuture unused = channel.write(new BinaryWebSocketFrame(false, 0, header));
    ChannelFuture unusedToo =
        channel.writeAndFlush(new ContinuationWebSocketFrame(true, 0, picture.bytes()), done);
  }

  /** What is no frame was sent before the handshake was answered, and is nobody's. */
  @Override
  protected void channelRead0(ChannelHandlerContext context, Object message) {
    if (!ended && message instanceof WebSocketFrame frame) {
      read(frame);
    }
  }

  private void read(WebSocketFrame frame) {
    silentTurns = 0;
    messages++;
    if (messages > MOST_MESSAGES_A_TURN) {
      close(WebSocketCloseStatus.POLICY_VIOLATION, "Too many messages");
    } else if (frame instanceof TextWebSocketFrame text && text.isFinalFragment()) {
      read(text.content().toString(StandardCharsets.US_ASCII));
    } else if (frame instanceof PingWebSocketFrame ping) {
      answer(new PongWebSocketFrame(ping.content().retain()));
    } else if (frame instanceof CloseWebSocketFrame) {
      close(WebSocketCloseStatus.NORMAL_CLOSURE, "");
    } else if (!(frame instanceof PongWebSocketFrame)) {
      close(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "Only short text is understood");
    }
  }

  private void read(String text) {
    long now = System.nanoTime();
    if (text.startsWith(ASKS_TIME) && TIME.matcher(text.substring(ASKS_TIME.length())).matches()) {
      answer(new TextWebSocketFrame(Json.time(text.substring(ASKS_TIME.length()))));
    } else if (!text.startsWith(SHOWN)
        || !NUMBER.matcher(text.substring(SHOWN.length())).matches()
        || !pace.shown(Long.parseLong(text.substring(SHOWN.length())), now)) {
      close(WebSocketCloseStatus.POLICY_VIOLATION, "Expected 'shown N' in order, or 'time T'");
    } else {
      feed.next();
    }
  }

  /** One answer waits at most: who asks without reading gets none. */
  private void answer(WebSocketFrame frame) {
    if (answers > 0) {
      frame.release();
      return;
    }
    answers++;
    ChannelFuture unused = channel.writeAndFlush(frame).addListener(done -> answers--);
  }

  private void send(WebSocketFrame frame) {
    ChannelFuture unused = channel.writeAndFlush(frame);
  }

  /** Whoever does not take the last words, or what stands before them, is cut without. */
  private void close(WebSocketCloseStatus status, String reason) {
    if (ended) {
      return;
    }
    ended = true;
    leave();
    Future<?> limit = channel.eventLoop().schedule(this::cut, FAREWELL_SECONDS, TimeUnit.SECONDS);
    ChannelFuture unusedToo = channel.closeFuture().addListener(done -> limit.cancel(false));
    ChannelFuture unused =
        channel
            .writeAndFlush(new CloseWebSocketFrame(status, reason))
            .addListener(ChannelFutureListener.CLOSE);
  }

  private void cut() {
    ChannelFuture unused = channel.close();
  }

  private void leave() {
    if (joined) {
      joined = false;
      gallery.leave(this);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    leave();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    cut();
  }

  @Override
  public String kind() {
    return "page";
  }

  @Override
  public Feed feed() {
    return feed;
  }

  @Override
  public void unshowable(String why) {
    send(new TextWebSocketFrame(Json.unshowable(why)));
  }

  @Override
  public void turn() {
    messages = 0;
    silentTurns++;
    if (silentTurns > MOST_SILENT || feed.isStalled()) {
      cut();
    } else if (silentTurns > 1) {
      send(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    }
  }

  @Override
  public void end() {
    close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "The sender ends");
  }
}
