package io.netgear.it.alive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The transports that have a network underneath, each with patterns. */
final class Combinations {
  private static final List<String> TRANSPORTS = List.of("zmq", "netty");

  private Combinations() {}

  static Stream<Arguments> all() {
    return of("pair", "request-reply", "publish-subscribe", "push-pull");
  }

  /** With the patterns that acknowledge. */
  static Stream<Arguments> acknowledged() {
    return of("pair", "request-reply");
  }

  /** With the patterns that notice, or do not mind, that nobody takes what they send. */
  static Stream<Arguments> unheard() {
    return of("pair", "request-reply", "publish-subscribe");
  }

  private static Stream<Arguments> of(String... patterns) {
    List<Arguments> all = new ArrayList<>();
    for (String transport : TRANSPORTS) {
      for (String pattern : patterns) {
        all.add(Arguments.of(transport, pattern));
      }
    }
    return all.stream();
  }
}
