package io.netgear.cli;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What NetGear runs on. */
final class Machine {
  private Machine() {}

  /** The version of NetGear. */
  static String version() {
    Module module = Main.class.getModule();
    String version =
        module.isNamed()
            ? module.getDescriptor().rawVersion().orElse(null)
            : Main.class.getPackage().getImplementationVersion(); // of the jar's manifest
    return version == null ? "of unknown version (not from a jar)" : version;
  }

  /** Versions and hardware, in the order in which they are shown. */
  static Map<String, Object> describe() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("netgear", version());
    machine.put(
        "java", Runtime.version() + " " + System.getProperty("java.vendor") + ", " + home());
    machine.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    machine.put("cpu", runtime.availableProcessors() + " x " + processor());
    machine.put("heap", "up to " + (runtime.maxMemory() >> 20) + " MiB");
    return machine;
  }

  private static String home() {
    return System.getProperty("java.home");
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** The modules that are not Java's own, with their versions; none on the class path. */
  static Map<String, Object> libraries() {
    Map<String, Object> libraries = new TreeMap<>();
    for (Module module : ModuleLayer.boot().modules()) {
      ModuleDescriptor descriptor = module.getDescriptor();
      String name = module.getName();
      if (!name.startsWith("java.") && !name.startsWith("jdk.") && !descriptor.isAutomatic()) {
        descriptor.rawVersion().ifPresent(version -> libraries.put(name, version));
      }
    }
    return libraries;
  }
}
