package io.netgear.transport.netty.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom the door is opened to. A page of somebody else's must not get at the picture through the
 * browser of one who may: so the name that was called must be this machine's (or a number, which
 * nobody can point elsewhere), and a request that a page makes must be our own page's.
 *
 * @param token what a viewer must know; empty for none
 * @param hosts names of this machine, lower case
 */
record Gate(String token, Set<String> hosts) {
  private static final int MOST_PARAMETERS = 8;
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}\\]|[A-Za-z0-9._-]{1,253})(?::(\\d{1,5}))?");

  /** What is wrong with the form of a request; null for nothing. */
  Refusal malformed(HttpRequest request) {
    if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return refuse(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "Only HTTP/1.1 is spoken here.");
    }
    if (!isRead(request)) {
      return refuse(HttpResponseStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.");
    }
    if (!request.uri().startsWith("/")) {
      return refuse(HttpResponseStatus.BAD_REQUEST, "The path must begin with a slash.");
    }
    boolean empty = "0".equals(request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").strip());
    if (!empty || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return refuse(
          HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "Requests have no body here; send none.");
    }
    List<String> called = request.headers().getAll(HttpHeaderNames.HOST);
    if (called.size() != 1 || !HOST.matcher(called.get(0)).matches()) {
      return refuse(
          HttpResponseStatus.BAD_REQUEST, "The request must say in one Host whom it means.");
    }
    return null;
  }

  private static boolean isRead(HttpRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /** Whether a well-formed request calls this machine; null for yes. */
  Refusal strange(HttpRequest request) {
    String called = request.headers().get(HttpHeaderNames.HOST);
    String name = called.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    if (isNumber(name) || hosts.contains(name)) {
      return null;
    }
    return new Refusal(
        HttpResponseStatus.MISDIRECTED_REQUEST,
        "This port does not answer to the name '"
            + name
            + "': use the machine's number, or add the name to the option web_hosts.",
        true);
  }

  private static boolean isNumber(String name) {
    return name.startsWith("[") || NetUtil.isValidIpV4Address(name);
  }

  /** Whether a page of somebody else's makes the request; null for no. */
  Refusal foreign(HttpRequest request, boolean secure) {
    String own = (secure ? "https://" : "http://") + request.headers().get(HttpHeaderNames.HOST);
    for (String origin : request.headers().getAll(HttpHeaderNames.ORIGIN)) {
      if (!origin.equalsIgnoreCase(own)) {
        return foreign();
      }
    }
    String site = request.headers().get("sec-fetch-site", "none");
    boolean navigates = "navigate".equals(request.headers().get("sec-fetch-mode"));
    boolean ours = site.equals("same-origin") || site.equals("none") || navigates;
    return ours || (!token.isEmpty() && knows(inQuery(request))) ? null : foreign();
  }

  private static Refusal foreign() {
    return new Refusal(
        HttpResponseStatus.FORBIDDEN,
        "A page of another site asks for this picture, which it may not without the token.",
        true);
  }

  /** Whether who asks may watch; null for yes. */
  Refusal unknown(HttpRequest request, int port) {
    if (token.isEmpty()
        || knows(inQuery(request))
        || knows(inCookie(request, port))
        || knows(inHeader(request))) {
      return null;
    }
    boolean tried = inQuery(request) != null || inHeader(request) != null;
    return new Refusal(
        HttpResponseStatus.UNAUTHORIZED,
        tried ? "The token is not the right one." : "A token is needed to watch here.",
        tried);
  }

  /** In a time that does not depend on how much of it is right. */
  private boolean knows(String given) {
    return given != null && MessageDigest.isEqual(bytes(given), bytes(token));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Null for none, also where the query is malformed. */
  static String inQuery(HttpRequest request) {
    try {
      List<String> given =
          new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, MOST_PARAMETERS)
              .parameters()
              .get("token");
      return given == null ? null : given.get(0);
    } catch (IllegalArgumentException e) {
      return null; // no query that names a token
    }
  }

  /** Ports share their host's cookies, so the name says which port it is for. */
  static String cookie(int port) {
    return "netgear_" + port;
  }

  private static String inCookie(HttpRequest request, int port) {
    for (String header : request.headers().getAll(HttpHeaderNames.COOKIE)) {
      for (Cookie cookie : ServerCookieDecoder.STRICT.decodeAll(header)) {
        if (cookie.name().equals(cookie(port))) {
          return cookie.value();
        }
      }
    }
    return null;
  }

  private static String inHeader(HttpRequest request) {
    String given = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    return given.regionMatches(true, 0, "Bearer ", 0, 7) ? given.substring(7).strip() : null;
  }

  private static Refusal refuse(HttpResponseStatus status, String sentence) {
    return new Refusal(status, sentence, false);
  }
}
