package io.netgear.transport.netty.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a browser, up to its first request: a connection gets one answer, or becomes a
 * viewer. So there is nothing to be said about what else comes on it, which is thrown away.
 */
final class Guest extends ChannelInboundHandlerAdapter {
  /** For a reply to be taken. */
  private static final int REPLY_SECONDS = 20;

  /** For what a refused guest still sends: closing at once would destroy the sentence. */
  private static final int FAREWELL_SECONDS = 1;

  private static final int LONGEST_MESSAGE = 128;
  private static final int KEY_CHARACTERS = 24;

  private final WebDoor door;
  private final Channel channel;
  private Future<?> limit;
  private HttpRequest request;
  private boolean answered;

  Guest(WebDoor door, Channel channel) {
    this.door = door;
    this.channel = channel;
    this.limit =
        channel.eventLoop().schedule(this::tookTooLong, door.patienceMs(), TimeUnit.MILLISECONDS);
  }

  private void tookTooLong() {
    if (!answered) {
      refuse(
          new Refusal(
              HttpResponseStatus.REQUEST_TIMEOUT,
              "The request did not come within " + door.patienceMs() + " ms.",
              true));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!answered) {
        read(message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(Object message) {
    if (message instanceof HttpRequest head) {
      if (head.decoderResult().isFailure()) {
        refuse(garbled(head.decoderResult().cause()));
        return;
      }
      request = head;
      Refusal malformed = door.gate().malformed(head);
      if (malformed != null) {
        refuse(malformed);
      }
    } else if (message instanceof LastHttpContent && request != null) {
      answer();
    } else if (message instanceof HttpContent) {
      refuse(new Refusal(HttpResponseStatus.BAD_REQUEST, "Requests have no body here.", false));
    }
  }

  private static Refusal garbled(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "The path is too long.", true);
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new Refusal(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large.", true);
    }
    return new Refusal(HttpResponseStatus.BAD_REQUEST, "That is no HTTP request.", true);
  }

  private void answer() {
    door.counts().came();
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    Refusal refusal = door.gate().strange(request);
    Assets asset = Assets.at(path);
    if (refusal == null && asset != null) {
      reply(Reply.asset(HttpResponseStatus.OK, asset));
      return;
    }
    refusal = refusal == null ? door.gate().foreign(request, door.isSecure(channel)) : refusal;
    refusal = refusal == null ? door.gate().unknown(request, door.port(channel)) : refusal;
    if (refusal == null) {
      serve(path);
    } else if (refusal.status().equals(HttpResponseStatus.UNAUTHORIZED) && path.equals("/")) {
      door.refused(channel, refusal);
      page(HttpResponseStatus.UNAUTHORIZED, Assets.DOOR);
    } else {
      refuse(refusal);
    }
  }

  private void serve(String path) {
    switch (path) {
      case "/" -> page(HttpResponseStatus.OK, Assets.PAGE);
      case "/stats" ->
          reply(Reply.text(HttpResponseStatus.OK, "application/json", door.statsJson()));
      case "/snapshot.jpg" -> snapshot();
      case "/stream.mjpg" -> stream();
      case "/live" -> upgrade();
      default ->
          refuse(
              new Refusal(
                  HttpResponseStatus.NOT_FOUND,
                  "There is nothing here; try /, /stream.mjpg, /snapshot.jpg or /stats.",
                  false));
    }
  }

  private void page(HttpResponseStatus status, Assets asset) {
    FullHttpResponse response = Reply.asset(status, asset);
    Reply.letTheViewerIn(response.headers(), request.headers().get(HttpHeaderNames.HOST));
    if (status.equals(HttpResponseStatus.OK) && Gate.inQuery(request) != null) {
      response
          .headers()
          .set(
              HttpHeaderNames.SET_COOKIE,
              Gate.cookie(door.port(channel))
                  + "="
                  + door.gate().token()
                  + "; Path=/; HttpOnly; SameSite=Strict"
                  + (door.isSecure(channel) ? "; Secure" : ""));
    }
    reply(response);
  }

  private void snapshot() {
    Gallery gallery = door.gallery();
    Picture picture = gallery.current();
    if (gallery.unshowable() != null || picture == null) {
      String why = gallery.unshowable();
      String sentence = why == null ? "No picture has come yet; try again in a moment." : why;
      refuse(new Refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, sentence, false));
      return;
    }
    picture.retain();
    FullHttpResponse response = Reply.of(HttpResponseStatus.OK, "image/jpeg", picture.bytes());
    letOthersShow(response);
    reply(response, channel.newPromise().addListener(done -> picture.release()));
  }

  private void letOthersShow(io.netty.handler.codec.http.HttpMessage response) {
    if (!door.gate().token().isEmpty() && Gate.inQuery(request) != null) {
      Reply.letOthersShow(response.headers());
    }
  }

  private boolean isFull() {
    if (door.gallery().hasRoom()) {
      return false;
    }
    refuse(
        new Refusal(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "As many watch as may, " + door.gallery().most() + "; try again later.",
            true));
    return true;
  }

  private void stream() {
    io.netty.handler.codec.http.HttpResponse head = Reply.endless(MjpegViewer.CONTENT_TYPE);
    letOthersShow(head);
    if (request.method().equals(HttpMethod.HEAD)) {
      finish(channel.writeAndFlush(head));
      return;
    }
    if (isFull()) {
      return;
    }
    settle();
    MjpegViewer viewer = new MjpegViewer(door.gallery(), channel);
    ChannelFuture unused = channel.writeAndFlush(head);
    channel.pipeline().replace(this, "viewer", viewer);
    channel.pipeline().remove(HttpServerCodec.class);
    viewer.begin();
  }

  private void upgrade() {
    boolean asks =
        request.headers().containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
            && request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
            && request.method().equals(HttpMethod.GET);
    String version = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
    String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    if (!asks
        || !WebSocketVersion.V13.toHttpHeaderValue().equals(version)
        || key.length() != KEY_CHARACTERS) {
      refuse(
          new Refusal(
              HttpResponseStatus.UPGRADE_REQUIRED,
              "Here a WebSocket of version 13 is spoken.",
              false));
      return;
    }
    if (isFull()) {
      return;
    }
    settle();
    SocketViewer viewer = new SocketViewer(door.gallery(), channel, Json.greeting(door.name()));
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshaker13(
            null,
            null,
            WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(LONGEST_MESSAGE)
                .allowExtensions(false)
                .build());
    FullHttpRequest full =
        new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri());
    full.headers().set(request.headers());
    channel.pipeline().replace(this, "viewer", viewer);
    ChannelPromise done = channel.newPromise();
    ChannelFuture unused =
        done.addListener(
            shaken -> {
              if (shaken.isSuccess()) {
                viewer.begin();
              }
            });
    ChannelFuture unusedToo = handshaker.handshake(channel, full, null, done);
    full.release();
  }

  // ---- replies

  private void settle() {
    answered = true;
    limit.cancel(false);
  }

  private void refuse(Refusal refusal) {
    door.refused(channel, refusal);
    reply(Reply.refusal(refusal));
  }

  private void reply(FullHttpResponse response) {
    reply(response, channel.newPromise());
  }

  private void reply(FullHttpResponse response, ChannelPromise written) {
    if (request != null && request.method().equals(HttpMethod.HEAD)) {
      response.content().skipBytes(response.content().readableBytes());
    }
    finish(channel.writeAndFlush(response, written));
  }

  /** Says that there is no more, and closes when the guest does, or soon. */
  private void finish(ChannelFuture written) {
    settle();
    limit = channel.eventLoop().schedule(this::close, REPLY_SECONDS, TimeUnit.SECONDS);
    readNoFurther();
    if (!(channel instanceof DuplexChannel duplex) || door.isSecure(channel)) {
      ChannelFuture unused = written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    ChannelFuture unused =
        written.addListener(
            done -> {
              ChannelFuture unusedToo = duplex.shutdownOutput();
              limit.cancel(false);
              limit = channel.eventLoop().schedule(this::close, FAREWELL_SECONDS, TimeUnit.SECONDS);
            });
  }

  /**
   * A codec keeps something of each request that it takes apart, until there is an answer to it.
   */
  private void readNoFurther() {
    if (channel.pipeline().get(HttpServerCodec.class) != null) {
      channel.pipeline().remove(HttpServerCodec.class);
    }
  }

  private void close() {
    ChannelFuture unused = channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    settle();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    close();
  }
}
