package io.netgear.transport.netty.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Responses with the headers that keep browsers from doing more with them than was meant. */
final class Reply {
  private static final String TEXT = "text/plain; charset=utf-8";

  private Reply() {}

  static FullHttpResponse of(HttpResponseStatus status, String type, ByteBuf content) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    protect(response.headers());
    return response;
  }

  static FullHttpResponse text(HttpResponseStatus status, String type, String content) {
    return of(status, type, Unpooled.wrappedBuffer(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** A sentence, with what its status wants besides. */
  static FullHttpResponse refusal(Refusal refusal) {
    HttpResponseStatus status = refusal.status();
    FullHttpResponse response = text(status, TEXT, refusal.sentence() + "\n");
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    } else if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, 2);
    } else if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    } else if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }
    return response;
  }

  static FullHttpResponse asset(HttpResponseStatus status, Assets asset) {
    return of(status, asset.type(), Unpooled.wrappedBuffer(asset.bytes()));
  }

  /** The head of a response that goes on until the connection ends. */
  static HttpResponse endless(String type) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    protect(response.headers());
    return response;
  }

  /**
   * What the page may do: load its own files, show pictures that it made itself, and talk to the
   * host that it came from.
   *
   * @param host as the request called this end
   */
  static void letTheViewerIn(HttpHeaders headers, String host) {
    headers.set(
        HttpHeaderNames.CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
            + "connect-src 'self' ws://"
            + host
            + " wss://"
            + host
            + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  }

  /** Other sites' pages may show what was asked for with the token in the address. */
  static void letOthersShow(HttpHeaders headers) {
    headers.set("cross-origin-resource-policy", "cross-origin");
  }

  private static void protect(HttpHeaders headers) {
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY");
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
    headers.set(
        HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
  }
}
