package io.netgear.it.network;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces and a line between them that can be made late, lossy and narrow, and be
 * cut: src/test/python/faulty_line.py, which needs root, python3 and iproute2. Where there is one
 * of them missing the test is skipped and says so.
 */
final class FaultyLine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FaultyLine.class.getName());
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final String name;
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private FaultyLine(String name) throws IOException {
    this.name = name;
    Path script = Path.of("src", "test", "python", "faulty_line.py").toAbsolutePath();
    process =
        new ProcessBuilder("python3", "-B", script.toString(), name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** A line without faults, or a skipped test. */
  static FaultyLine open() {
    String name = "netgear-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
    try {
      FaultyLine line = new FaultyLine(name);
      if (line.answers.readLine() == null) {
        line.close();
        skip("making network namespaces is not permitted, or iproute2 or /dev/net/tun is missing");
      }
      return line;
    } catch (IOException e) {
      skip(e.getMessage());
      throw new AssertionError(e);
    }
  }

  private static void skip(String why) {
    String what = "Streams were not tried over a faulty network here: " + why + ".";
    LOG.log(System.Logger.Level.WARNING, what);
    abort(what);
  }

  /** Where the sender runs. */
  String here() {
    return name + "-a";
  }

  /** Where the receiver runs. */
  String there() {
    return name + "-b";
  }

  /** The receiver's address with a port that is free, as all are there. */
  String address() {
    return "tcp://10.213.0.2:5555";
  }

  /** As the script describes it. */
  void tell(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    if (answers.readLine() == null) {
      throw new IOException("The line is gone; it was told '" + command + "'.");
    }
  }

  /** Takes line and namespaces away. */
  @Override
  public void close() throws IOException {
    commands.close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroy();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
