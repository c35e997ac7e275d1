package io.netgear.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM on the same class path, whose lines are read. Its errors are shown. */
final class ChildJvm implements AutoCloseable {
  /** The JVM's own warnings are no lines of the program's. */
  private static final List<String> WARNINGS_ASIDE =
      List.of("-Xlog:disable", "-Xlog:all=warning:stderr");

  private static final Path STATUS = Path.of("/proc/self/status");

  private final String name;
  private final Process process;
  private final BufferedReader lines;

  private ChildJvm(String name, Process process) {
    this.name = name;
    this.process = process;
    lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts one.
   *
   * @param name what messages call it
   * @param options of the JVM
   */
  static ChildJvm start(String name, Class<?> main, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(WARNINGS_ASIDE);
    command.addAll(options);
    command.add("-Dnetgear.data=" + System.getProperty("netgear.data", "../shared/data"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ChildJvm(
        name, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line that it prints. */
  String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("The " + name + " ended early; its error is above.");
    }
    return line;
  }

  /** Sends it a signal, such as {@code STOP}. */
  void signal(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int status = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + signal + " " + pid + " ended with status " + status + ".");
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    lines.close();
  }

  /** Whether {@link #residentKibibytes} can be asked for. */
  static boolean tellsMemory() {
    return Files.isReadable(STATUS);
  }

  /** What this JVM has in memory. */
  static long residentKibibytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
