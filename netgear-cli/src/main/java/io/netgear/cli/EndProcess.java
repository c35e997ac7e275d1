package io.netgear.cli;

import io.netgear.NetGearException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An end of a stream in a process of its own. It ends when its standard input is closed, and tells
 * its summary as the last line of its standard output. A sender is told where to connect through
 * its standard input; a receiver tells where it is bound in its first line.
 */
final class EndProcess implements AutoCloseable {
  private static final long PATIENCE_MS = 3_000;

  private final Process process;
  private final CompletableFuture<String> firstLine = new CompletableFuture<>();
  private final CompletableFuture<String> lastLine;
  private final CompletableFuture<List<String>> complaints;

  /** Reads what {@code process} tells, line by line as JSON. */
  EndProcess(Process process) {
    this.process = process;
    this.lastLine = CompletableFuture.supplyAsync(this::readOutput, EndProcess::onThread);
    this.complaints = CompletableFuture.supplyAsync(this::readComplaints, EndProcess::onThread);
  }

  /** Starts {@code netgear send} with {@code flags}; it waits for {@link #connectTo}. */
  static EndProcess sender(List<String> flags) {
    return start("sender", List.of("send", "--attached", "--json"), flags);
  }

  /** Starts {@code netgear recv} with {@code flags} on a free port of loopback. */
  static EndProcess receiver(List<String> flags) {
    return start(
        "receiver",
        List.of("recv", "--attached", "--json", "--json-events", "--bind", "tcp://127.0.0.1:0"),
        flags);
  }

  private static EndProcess start(String role, List<String> command, List<String> flags) {
    List<String> args = new ArrayList<>(command);
    args.addAll(flags);
    try {
      return new EndProcess(new ProcessBuilder(JavaCommand.of(args)).start());
    } catch (IOException e) {
      throw new NetGearException("The " + role + "'s process does not start: " + e.getMessage(), e);
    }
  }

  private static void onThread(Runnable reading) {
    Thread thread = new Thread(reading, "netgear-end-output");
    thread.setDaemon(true);
    thread.start();
  }

  /** The last line; null for none. A JVM may have put warnings of its own between them. */
  private String readOutput() {
    String last = null;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("{")) {
          firstLine.complete(line);
          last = line;
        }
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      firstLine.complete("");
    }
  }

  private List<String> readComplaints() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * Where a receiver is bound, once it is.
   *
   * @throws StreamFailure if it ends instead, with what it says of that
   */
  String address() {
    String line = firstLine.join();
    if (!line.isEmpty()
        && Json.read(line) instanceof Map<?, ?> event
        && event.get("addresses") instanceof List<?> addresses) {
      return addresses.get(0).toString();
    }
    throw new StreamFailure(Ended.ERROR, String.valueOf(summary().get("error")), null);
  }

  /** Lets a sender go ahead. If it is gone already, its summary will say why. */
  void connectTo(String address) {
    OutputStream stdin = process.getOutputStream();
    try {
      stdin.write((address + "\n").getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Completes when it has ended, on another thread. */
  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Asks it to say goodbye and end. */
  void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Waits for its end; after a while asks for it, and after another brings it about. */
  void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        stop();
        if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What it told as its last line, once it has ended.
   *
   * @throws StreamFailure if it told nothing, with what it complained about instead
   */
  Map<?, ?> summary() {
    String told = lastLine.join();
    if (told != null && Json.read(told) instanceof Map<?, ?> summary) {
      return summary;
    }
    awaitEnd();
    throw new StreamFailure(
        Ended.ERROR,
        "Process "
            + pid()
            + " of the demo ended with status "
            + process.exitValue()
            + " and no summary. "
            + String.join(" | ", complaints.join()),
        null);
  }

  /** Its exit status, once it has ended. */
  int exitStatus() {
    return process.exitValue();
  }

  /** What it wrote to standard error, once it has ended. */
  List<String> complaints() {
    return complaints.join();
  }

  /** Ends it, whatever it does. */
  @Override
  public void close() {
    stop();
    awaitEnd();
  }
}
