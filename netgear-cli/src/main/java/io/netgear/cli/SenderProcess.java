package io.netgear.cli;

import io.netgear.Address;
import io.netgear.NetGearException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
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
 * A sender in a process of its own. It is told where to connect through its standard input, ends
 * when that is closed, and tells its summary on its standard output.
 */
final class SenderProcess implements AutoCloseable {
  private static final long PATIENCE_MS = 3_000;

  private final Process process;
  private final CompletableFuture<List<String>> output;
  private final CompletableFuture<List<String>> complaints;

  private SenderProcess(Process process) {
    this.process = process;
    this.output =
        CompletableFuture.supplyAsync(
            () -> lines(process.getInputStream()), SenderProcess::onThread);
    this.complaints =
        CompletableFuture.supplyAsync(
            () -> lines(process.getErrorStream()), SenderProcess::onThread);
  }

  /** Starts {@code netgear send} with {@code flags}. */
  static SenderProcess start(List<String> flags) {
    List<String> args = new ArrayList<>(List.of("send", "--attached", "--json"));
    args.addAll(flags);
    try {
      return new SenderProcess(new ProcessBuilder(JavaCommand.of(args)).start());
    } catch (IOException e) {
      throw new NetGearException("The sender's process does not start: " + e.getMessage(), e);
    }
  }

  private static void onThread(Runnable reading) {
    Thread thread = new Thread(reading, "netgear-sender-output");
    thread.setDaemon(true);
    thread.start();
  }

  private static List<String> lines(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Lets it go ahead. If it is gone already, its summary will say why. */
  void connectTo(Address address) {
    OutputStream stdin = process.getOutputStream();
    try {
      stdin.write((address + "\n").getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Runs {@code action} when it has ended, on another thread. */
  void onExit(Runnable action) {
    var unused = process.onExit().thenRun(action);
  }

  /** Asks it to say goodbye and end. */
  void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Waits for its end, and after a while brings that about. */
  void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
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
    List<String> told = output.join();
    if (!told.isEmpty() && Json.read(told.get(told.size() - 1)) instanceof Map<?, ?> summary) {
      return summary;
    }
    throw new StreamFailure(
        Ended.ERROR,
        "The sender's process ended with status "
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
