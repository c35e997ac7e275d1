package io.netgear.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a started program does with Ctrl+C. */
final class Signals {
  private static final long SIGINT_BIT = 1L << (2 - 1);
  private static final Path STATUS = Path.of("/proc/self/status");

  private Signals() {}

  /**
   * The same command, made to listen to SIGINT. A shell starts what it runs in the background with
   * that signal ignored, a build there hands this on to all its children, and a JVM honours it.
   */
  static List<String> unmasked(List<String> commandLine) {
    if (!isInterruptIgnored()) {
      return commandLine;
    }
    List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
    line.addAll(commandLine);
    return line;
  }

  private static boolean isInterruptIgnored() {
    if (!Files.isReadable(STATUS)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(ignored -> (ignored & SIGINT_BIT) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
