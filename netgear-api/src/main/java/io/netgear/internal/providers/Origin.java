package io.netgear.internal.providers;

import java.security.CodeSource;

/**
 * Tells where a class comes from, so that a user finds the jar to add, to update or to take away.
 */
final class Origin {
  private Origin() {}

  /** The named module with its version, else the jar or folder; empty when neither is known. */
  static String of(Class<?> type) {
    Module module = type.getModule();
    if (module.isNamed()) {
      String version =
          module.getDescriptor() == null ? null : module.getDescriptor().rawVersion().orElse(null);
      return version == null ? module.getName() : module.getName() + " " + version;
    }
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null ? "" : source.getLocation().getPath();
  }

  /** The version of the module or jar that {@code type} comes from; empty when it tells none. */
  static String version(Class<?> type) {
    Module module = type.getModule();
    if (module.isNamed()) {
      return module.getDescriptor() == null ? "" : module.getDescriptor().rawVersion().orElse("");
    }
    String version = type.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }
}
