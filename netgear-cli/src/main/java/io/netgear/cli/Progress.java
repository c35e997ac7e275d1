package io.netgear.cli;

import io.netgear.Stats;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells how a stream is doing while it goes on: to a person by a line that changes, to a program by
 * a JSON line each second.
 */
final class Progress implements AutoCloseable {
  private static final long LINE_MS = 500;
  private static final long EVENT_MS = 1_000;
  private static final String WIPE = "\r\033[K";

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private Progress(Runnable tick, Runnable atEnd, long everyMs) {
    thread = new Thread(() -> run(tick, atEnd, everyMs), "netgear-progress");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * As the flags ask for; shows nothing where that is nothing.
   *
   * @param busy whether the terminal shows something else
   */
  static Progress of(
      Shell shell, OutputFlags output, boolean busy, String role, Supplier<Stats> books) {
    if (output.jsonEvents) {
      return new Progress(() -> event(shell.out(), role, books.get()), () -> {}, EVENT_MS);
    }
    if (!isShown(shell, output, busy)) {
      return new Progress(() -> {}, () -> {}, Long.MAX_VALUE);
    }
    Rates rates = new Rates(books);
    PrintStream err = shell.err();
    return new Progress(
        () -> write(err, WIPE + role + " " + rates.line()), () -> write(err, WIPE), LINE_MS);
  }

  /** Whether a person wants to be told, and there is room for it. */
  static boolean isShown(Shell shell, OutputFlags output, boolean busy) {
    return shell.terminal() && !output.quiet && !output.machineReadable() && !busy;
  }

  private void run(Runnable tick, Runnable atEnd, long everyMs) {
    try {
      while (!closing.await(everyMs, TimeUnit.MILLISECONDS)) {
        tick.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      atEnd.run();
    }
  }

  private static void write(PrintStream err, String text) {
    err.print(text);
    err.flush();
  }

  private static void event(PrintStream out, String role, Stats books) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "progress");
    event.put("role", role);
    event.put("frames", books.delivered());
    event.put("bytes", books.payloadBytes());
    event.put("dropped", Summary.dropped(books));
    out.println(Json.write(event));
    out.flush();
  }

  /** Stops telling and wipes the line. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(LINE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
