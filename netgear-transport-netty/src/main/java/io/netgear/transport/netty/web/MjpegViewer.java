package io.netgear.transport.netty.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;

/**
 * Somebody who reads {@code multipart/x-mixed-replace}: an {@code <img>} or a player. The line that
 * ends a picture is sent with it, since browsers show a part when they have seen its end.
 */
final class MjpegViewer extends ChannelInboundHandlerAdapter implements Viewer {
  static final String BOUNDARY = "netgear-frame";
  static final String CONTENT_TYPE = "multipart/x-mixed-replace; boundary=" + BOUNDARY;

  /** What waits in the system is old when it is shown, and nobody tells what was shown. */
  private static final int SYSTEM_BYTES = 128 * 1024;

  private static final String LINE = "--" + BOUNDARY + "\r\n";
  private static final double MICROS_PER_SECOND = 1e6;

  private final Gallery gallery;
  private final Channel channel;
  private final Feed feed;
  private boolean joined;

  MjpegViewer(Gallery gallery, Channel channel) {
    this.gallery = gallery;
    this.channel = channel;
    this.feed = new Feed(gallery, channel, () -> true, this::write);
  }

  /** The response's head is written. */
  void begin() {
    channel.config().setOption(ChannelOption.SO_SNDBUF, SYSTEM_BYTES);
    send(LINE);
    joined = true;
    gallery.join(this);
  }

  private void write(Picture picture, ChannelPromise done) {
    String head =
        "Content-Type: image/jpeg\r\nContent-Length: "
            + picture.length()
            + String.format(
                Locale.ROOT,
                "\r\nX-Timestamp: %.6f\r\n\r\n",
                picture.header().sentMicros() / MICROS_PER_SECOND);
    ChannelFuture unused = channel.write(ascii(head));
    ChannelFuture unusedToo = channel.write(picture.bytes(), done);
    send("\r\n" + LINE);
  }

  private void send(String text) {
    ChannelFuture unused = channel.writeAndFlush(ascii(text));
  }

  private ByteBuf ascii(String text) {
    return ByteBufUtil.writeAscii(channel.alloc(), text);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object ignored) {
    ReferenceCountUtil.release(ignored);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    leave();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = channel.close();
  }

  private void leave() {
    if (joined) {
      joined = false;
      gallery.leave(this);
    }
  }

  @Override
  public String kind() {
    return "mjpeg";
  }

  @Override
  public Feed feed() {
    return feed;
  }

  /** There is no way to say it; /stats does. */
  @Override
  public void unshowable(String why) {}

  @Override
  public void turn() {
    if (feed.isStalled()) {
      ChannelFuture unused = channel.close();
    }
  }

  @Override
  public void end() {
    leave();
    ChannelFuture unused = channel.close();
  }
}
