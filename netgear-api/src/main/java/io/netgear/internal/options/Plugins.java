package io.netgear.internal.options;

import io.netgear.ProviderNotFoundException;
import io.netgear.internal.providers.Codecs;
import io.netgear.internal.providers.Providers;
import io.netgear.spi.Availability;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.Pattern;
import io.netgear.spi.Provider;
import io.netgear.spi.Transport;
import io.netgear.spi.TunnelProvider;
import java.util.ArrayList;
import java.util.List;

/** Resolves the plug-ins that options name, and collects those that are missing. */
final class Plugins {
  private final Values values;
  private final Providers providers;
  private final List<String> missing = new ArrayList<>();

  Plugins(Values values, ClassLoader loader) {
    this.values = values;
    this.providers = Providers.visibleTo(loader);
  }

  /** What could not be found, in words. */
  List<String> missing() {
    return missing;
  }

  /** The transport, or null. */
  Transport transport() {
    Object given = values.get(Option.TRANSPORT, Object.class, "zmq");
    try {
      return given instanceof String name
          ? providers.transport(name)
          : working((Transport) given, "Transport");
    } catch (ProviderNotFoundException e) {
      missing.add(e.getMessage());
      return null;
    }
  }

  /** The names of the transports that would take addresses of {@code protocol}. */
  List<String> transportsOf(String protocol) {
    return providers.transportsOf(protocol);
  }

  /** The pattern, or null. */
  Pattern pattern() {
    Object given = values.get(Option.PATTERN, Object.class, "pair");
    try {
      return given instanceof String name
          ? providers.pattern(name)
          : working((Pattern) given, "Pattern");
    } catch (ProviderNotFoundException e) {
      if (values.has(Option.PATTERN) && values.isLenient()) {
        values.refuse(Option.PATTERN, "expected " + Option.PATTERN.accepts());
        return pattern();
      }
      missing.add(e.getMessage());
      return null;
    }
  }

  /** Who opens tunnels; null for nobody. */
  TunnelProvider tunnels() {
    try {
      return providers.tunnel("ssh");
    } catch (ProviderNotFoundException e) {
      missing.add(e.getMessage());
      return null;
    }
  }

  /**
   * The codecs. The one for encoding is looked up now where it was named or is sure to be needed.
   */
  Codecs codecs(boolean needed) {
    Object given = values.get(Option.CODEC, Object.class, "turbojpeg");
    Codecs codecs =
        given instanceof String name
            ? Codecs.named(providers, name)
            : Codecs.of(providers, (FrameCodec) given);
    try {
      if (given instanceof FrameCodec codec) {
        working(codec, "Codec");
      } else if (needed || values.has(Option.CODEC)) {
        codecs.encoding();
      }
    } catch (ProviderNotFoundException e) {
      boolean byDefault = needed && !values.has(Option.CODEC);
      missing.add(e.getMessage() + (byDefault ? " Or send uncompressed." : ""));
    }
    return codecs;
  }

  private static <T extends Provider> T working(T provider, String kind) {
    Availability here = Providers.availability(provider);
    if (!here.available()) {
      throw new ProviderNotFoundException(
          kind + " '" + provider.name() + "' does not work here: " + here.detail());
    }
    return provider;
  }
}
