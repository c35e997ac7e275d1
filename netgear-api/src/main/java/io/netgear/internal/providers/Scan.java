package io.netgear.internal.providers;

import io.netgear.spi.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * One look at what {@link ServiceLoader} finds for a service: usable by name and SPI version, or
 * skipped with a reason. Nobody's {@code availability()} is asked here, since that may load a
 * native library.
 *
 * @param found in the order of discovery, each class once
 * @param skipped what is broken, too old or too new
 */
record Scan<T extends Provider>(List<Scan.Found<T>> found, List<Scan.Skipped> skipped) {
  private static final Logger LOG = System.getLogger("io.netgear.providers");

  /** A broken class path could fail for ever; nobody has so many plug-ins. */
  private static final int MOST_FAILURES = 100;

  /** A provider that told its name and speaks this SPI. */
  record Found<T extends Provider>(String name, String origin, T provider) {
    @Override
    public String toString() {
      return origin.isEmpty() ? name : name + " (" + origin + ")";
    }
  }

  /** A provider that cannot be used; {@code name} is its class where it told no name. */
  record Skipped(String name, String origin, String reason) {
    @Override
    public String toString() {
      return name + (origin.isEmpty() ? "" : " (" + origin + ")") + " - " + reason;
    }
  }

  /** Looks through {@code loader}, then through NetGear's own class loader and module layer. */
  static <T extends Provider> Scan<T> of(Class<T> service, ClassLoader loader) {
    Scan<T> scan = new Scan<>(new ArrayList<>(), new ArrayList<>());
    Set<Class<?>> seen = new HashSet<>();
    scan.add(ServiceLoader.load(service, loader), seen);
    ClassLoader own = Scan.class.getClassLoader();
    if (own != loader) {
      scan.add(ServiceLoader.load(service, own), seen);
    }
    ModuleLayer layer = Scan.class.getModule().getLayer();
    if (layer != null) {
      scan.add(ServiceLoader.load(layer, service), seen);
    }
    return scan;
  }

  private void add(ServiceLoader<T> services, Set<Class<?>> seen) {
    Iterator<ServiceLoader.Provider<T>> all = services.stream().iterator();
    int failures = 0;
    while (failures < MOST_FAILURES) {
      ServiceLoader.Provider<T> next = null;
      try {
        if (!all.hasNext()) {
          return;
        }
        next = all.next();
        if (seen.add(next.type())) {
          add(next.type(), next.get());
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        skip(
            next == null ? "a provider" : next.type().getName(),
            next == null ? "" : Origin.of(next.type()),
            words(e),
            e);
      }
    }
  }

  private void add(Class<?> type, T provider) {
    String origin = Origin.of(type);
    String name;
    int version;
    try {
      name = provider.name();
      version = provider.spiVersion();
    } catch (RuntimeException | LinkageError e) {
      skip(type.getName(), origin, "cannot tell its name and version: " + words(e), e);
      return;
    }
    if (name == null || name.isBlank()) {
      skip(type.getName(), origin, "has no name", null);
    } else if (version != Provider.SPI_VERSION) {
      skip(
          name,
          origin,
          "requires SPI " + version + ", this NetGear offers " + Provider.SPI_VERSION,
          null);
    } else {
      found.add(new Found<>(name, origin, provider));
    }
  }

  private void skip(String name, String origin, String reason, Throwable cause) {
    Skipped one = new Skipped(name, origin, reason);
    if (!skipped.contains(one)) {
      skipped.add(one);
      LOG.log(Level.DEBUG, "Skipped plug-in " + one, cause);
    }
  }

  /** What an exception says, with the cause that a ServiceConfigurationError wraps. */
  static String words(Throwable failure) {
    String text =
        failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    Throwable cause = failure.getCause();
    return cause == null || cause == failure ? text : text + ": " + cause;
  }
}
