package io.netgear.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs each task on a thread of its own. The common pool that {@link CompletableFuture} uses by
 * itself has, from JDK 25 on, a single thread on a machine with two cores: of two tasks that wait
 * for each other, one would never start.
 */
public final class Threads {
  private Threads() {}

  /** Starts {@code task}; its outcome is in the future. */
  public static <T> CompletableFuture<T> supply(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, Threads::onThread);
  }

  /** Starts {@code task}; the future says when it is done. */
  public static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, Threads::onThread);
  }

  private static void onThread(Runnable work) {
    Thread thread = new Thread(work, "test-task");
    thread.setDaemon(true);
    thread.start();
  }
}
