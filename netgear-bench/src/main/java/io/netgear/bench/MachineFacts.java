package io.netgear.bench;

import io.netgear.NetGear;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What is measured on. */
final class MachineFacts {
  private MachineFacts() {}

  static Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("NetGear", version());
    facts.put("Java", Runtime.version() + " " + System.getProperty("java.vendor"));
    facts.put(
        "system",
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
    facts.put("processor", Runtime.getRuntime().availableProcessors() + " x " + processor());
    return facts;
  }

  /** The load on the machine, for those that tell. */
  static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
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

  /** Of NetGear. */
  static String version() {
    String version = NetGear.class.getPackage().getImplementationVersion();
    return version == null ? "of unknown version (not from a jar)" : version;
  }
}
