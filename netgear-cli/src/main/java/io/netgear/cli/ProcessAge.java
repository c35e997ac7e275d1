package io.netgear.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** How long ago this process was started, the JVM's own start included. */
final class ProcessAge {
  /** Ticks per second of /proc, the same on every Linux that Java runs on. */
  private static final double TICKS = 100;

  private static final int START_TIME_AFTER_NAME = 19;

  /**
   * A launcher that built NetGear first was the same process, but building is not starting: it says
   * with this system property at which uptime, in seconds, it was ready.
   */
  static final String READY_PROPERTY = "netgear.ready";

  private final long atStart = System.nanoTime();
  private final double secondsBefore;

  private ProcessAge(double secondsBefore) {
    this.secondsBefore = secondsBefore;
  }

  /**
   * Starts counting; on Linux from the process's start, or from the end of a build before it, to 10
   * ms, elsewhere from now.
   */
  static ProcessAge now() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      String stat = Files.readString(Path.of("/proc/self/stat"));
      // The name may hold blanks and brackets; what follows its last bracket does not.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double started = Double.parseDouble(fields[START_TIME_AFTER_NAME]) / TICKS;
      double ready = Double.parseDouble(System.getProperty(READY_PROPERTY, "0"));
      double now = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
      return new ProcessAge(Math.max(0, now - Math.max(started, ready)));
    } catch (IOException | NumberFormatException e) {
      return new ProcessAge(0);
    }
  }

  long millis() {
    return Math.round(secondsBefore * 1e3)
        + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - atStart);
  }
}
