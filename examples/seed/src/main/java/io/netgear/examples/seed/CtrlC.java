package io.netgear.examples.seed;

import java.time.Duration;

/** Ctrl+C ends the program's loop, and the program then closes what it opened. */
final class CtrlC {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private CtrlC() {}

  /** Lets Ctrl+C close what the loop of the calling thread waits for. */
  static void closes(Runnable close) {
    Thread program = Thread.currentThread();
    Thread hook = new Thread(() -> end(close, program), "ctrl-c");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void end(Runnable close, Thread program) {
    close.run();
    try {
      program.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
