package io.netgear.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One command, run on a thread of its own in this process, with what it wrote. */
final class CommandRun {
  private static final long PATIENCE_S = 60;

  final Interruption interruption = new Interruption();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> status;

  private CommandRun(String input, String... args) {
    Shell shell =
        new Shell(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            interruption,
            false);
    status =
        CompletableFuture.supplyAsync(
            () -> {
              int result = NetgearCommand.run(shell, args);
              interruption.finished(result);
              return result;
            },
            command -> new Thread(command, "command " + args[0]).start());
  }

  static CommandRun start(String... args) {
    return new CommandRun("", args);
  }

  static CommandRun startWithInput(String input, String... args) {
    return new CommandRun(input, args);
  }

  /** Waits for its end. */
  int status() {
    try {
      return status.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("The command does not end. It wrote: " + out() + err(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }

  /** What was written to standard output so far, a line each. */
  List<String> lines() {
    return out().lines().toList();
  }

  /** Its last line of output, once it has ended. */
  @SuppressWarnings("unchecked")
  Map<String, Object> summary() {
    status();
    List<String> lines = lines();
    return (Map<String, Object>) Json.read(lines.get(lines.size() - 1));
  }
}
