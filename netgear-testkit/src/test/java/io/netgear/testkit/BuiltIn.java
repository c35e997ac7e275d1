package io.netgear.testkit;

import io.netgear.spi.FrameCodec;
import io.netgear.spi.Pattern;
import io.netgear.spi.Provider;
import java.util.ServiceLoader;

/** What netgear-api brings along, found as applications find it. */
final class BuiltIn {
  private BuiltIn() {}

  static Pattern pattern(String name) {
    return named(ServiceLoader.load(Pattern.class), name);
  }

  static FrameCodec codec(String name) {
    return named(ServiceLoader.load(FrameCodec.class), name);
  }

  private static <P extends Provider> P named(ServiceLoader<P> found, String name) {
    return found.stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing named " + name + " was found."));
  }
}
