package io.netgear.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.netgear.NetGear;
import io.netgear.ProviderInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at what NetGear runs on: Java, memory, temporary folder, plug-ins, clocks.
 *
 * @param findings told of what is found
 */
record MachineCheck(Consumer<Finding> findings) {
  private static final Instant BEFORE_NETGEAR = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant FAR_AWAY = Instant.parse("2100-01-01T00:00:00Z");
  private static final long CLOCK_WAIT_MS = 250;
  private static final long DRIFT_NANOS = 20_000_000;
  private static final int READINGS = 5;

  /** Java, and memory against what an end may take, in bytes; 0 where that is not known. */
  void java(long memoryLimit) {
    Runtime runtime = Runtime.getRuntime();
    findings.accept(
        Finding.ok(
            "java",
            "Java "
                + Runtime.version()
                + " on "
                + runtime.availableProcessors()
                + " cores, heap up to "
                + mib(runtime.maxMemory())));
    long direct = directMemory(runtime);
    String found =
        "direct memory up to "
            + mib(direct)
            + (memoryLimit > 0 ? ", an end may take " + mib(memoryLimit) : "");
    findings.accept(
        direct >= memoryLimit
            ? Finding.ok("memory", found)
            : Finding.warning(
                "memory",
                found,
                "-XX:MaxDirectMemorySize="
                    + mib(memoryLimit).replace(" MiB", "m")
                    + " or more for each end, or a smaller memory_limit"));
  }

  /** As much as the heap, unless told otherwise. */
  private static long directMemory(Runtime runtime) {
    HotSpotDiagnosticMXBean flags =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long told = 0;
    if (flags != null) {
      told = Long.parseLong(flags.getVMOption("MaxDirectMemorySize").getValue());
    }
    return told > 0 ? told : runtime.maxMemory();
  }

  private static String mib(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  /** Whether native libraries can be unpacked. */
  void temporaryFolder() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path file = Files.createTempFile(folder, "netgear-doctor", null);
      Files.delete(file);
      findings.accept(Finding.ok("temp", folder + " can be written, natives are unpacked there"));
    } catch (IOException e) {
      findings.accept(
          Finding.warning(
              "temp",
              folder + " cannot be written, so natives cannot be unpacked",
              "-Djava.io.tmpdir=FOLDER, or -Dnetgear.turbojpeg.library=FILE"));
    }
  }

  /** Plug-ins; those of the names given have to work. */
  void plugins(String transport, String codec) {
    List<String> working = new ArrayList<>();
    for (ProviderInfo provider : NetGear.providers()) {
      String what = provider.kind().label() + " " + provider.name();
      boolean wanted = what.equals("transport " + transport) || what.equals("codec " + codec);
      if (provider.usable()) {
        working.add(what + (wanted ? " (" + provider.detail() + ")" : ""));
      } else {
        String found = what + " does not work here: " + provider.detail();
        String advice = "see docs/natives.md, and netgear info for where it comes from";
        findings.accept(
            wanted
                ? Finding.problem("plugins", found, advice)
                : Finding.warning("plugins", found, advice));
      }
    }
    findings.accept(Finding.ok("plugins", String.join(", ", working)));
  }

  /** Whether wall clock and steady clock go on together, and where the wall clock stands. */
  void clocks() {
    Instant now = Instant.now();
    if (now.isBefore(BEFORE_NETGEAR) || now.isAfter(FAR_AWAY)) {
      findings.accept(
          Finding.problem(
              "clock",
              "the clock says " + now,
              "set it: frames carry the time, and ages are reckoned from it"));
      return;
    }
    long before = difference();
    try {
      Thread.sleep(CLOCK_WAIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    long drift = difference() - before;
    String found =
        "the clock says "
            + now
            + ", and moved "
            + Math.round(drift / 1e4) / 100.0
            + " ms against the steady one in "
            + CLOCK_WAIT_MS
            + " ms";
    findings.accept(
        Math.abs(drift) > DRIFT_NANOS
            ? Finding.warning(
                "clock", found, "ages jump while a clock is being set: look at time services")
            : Finding.ok("clock", found));
    findings.accept(
        Finding.ok(
            "clock",
            "how far the peer's clock is off is not measured here, since that takes frames; a"
                + " stream estimates it from acknowledgements"));
  }

  /** Wall clock less steady clock, in nanoseconds: of several readings the one least disturbed. */
  private static long difference() {
    long narrowest = Long.MAX_VALUE;
    long result = 0;
    for (int i = 0; i < READINGS; i++) {
      long start = System.nanoTime();
      Duration wall = Duration.between(Instant.EPOCH, Instant.now());
      long end = System.nanoTime();
      if (end - start < narrowest) {
        narrowest = end - start;
        result = wall.toNanos() - (start + (end - start) / 2);
      }
    }
    return result;
  }
}
