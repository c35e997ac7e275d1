package io.netgear.transport.netty.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The files of the page, which are the same for everybody and hold no secrets. They come from the
 * jar by a fixed list; no path of a request ever names a file.
 *
 * @param type its media type
 * @param bytes its content
 */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
record Assets(String type, byte[] bytes) {
  static final Assets PAGE = load("viewer.html", "text/html; charset=utf-8");
  static final Assets DOOR = load("token.html", "text/html; charset=utf-8");

  private static final Map<String, Assets> OPEN =
      Map.of(
          "/viewer.css", load("viewer.css", "text/css; charset=utf-8"),
          "/viewer.js", load("viewer.js", "text/javascript; charset=utf-8"),
          "/icon.svg", load("icon.svg", "image/svg+xml"));

  /** What anybody may have at {@code path}; null for nothing. */
  static Assets at(String path) {
    return OPEN.get(path);
  }

  private static Assets load(String name, String type) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + name + "; build it anew.");
      }
      return new Assets(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("The jar's " + name + " cannot be read.", e);
    }
  }
}
