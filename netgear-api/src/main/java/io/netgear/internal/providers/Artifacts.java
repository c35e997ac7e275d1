package io.netgear.internal.providers;

import io.netgear.ProviderInfo.Kind;
import io.netgear.spi.Provider;
import java.util.Map;
import java.util.Optional;

/** Which artifact brings which of NetGear's own plug-ins: what to add when one is missing. */
final class Artifacts {
  private static final Map<String, String> KNOWN =
      Map.of(
          "transport zmq", "io.netgear:netgear-transport-zmq",
          "transport netty", "io.netgear:netgear-transport-netty",
          "transport memory", "io.netgear:netgear-testkit",
          "codec turbojpeg", "io.netgear:netgear-codec-turbojpeg",
          "tunnel ssh", "io.netgear:netgear-tunnel-ssh");

  private Artifacts() {}

  /** The artifact, with the version of this NetGear where that is known. */
  static Optional<String> of(Kind kind, String name) {
    String version = Origin.version(Provider.class);
    return Optional.ofNullable(KNOWN.get(kind.label() + " " + name))
        .map(artifact -> version.isEmpty() ? artifact : artifact + ":" + version);
  }

  /** The names of a kind that NetGear has artifacts for. */
  static java.util.List<String> names(Kind kind) {
    String prefix = kind.label() + " ";
    return KNOWN.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .toList();
  }
}
