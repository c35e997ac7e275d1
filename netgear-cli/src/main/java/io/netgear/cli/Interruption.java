package io.netgear.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish to stop: Ctrl+C, the end of a service, or whoever holds standard input in attached mode.
 *
 * <p>The command's own thread is asked first, so that it can finish its frame and say goodbye. If
 * it is blocked and does not, what it has open is closed under it.
 */
final class Interruption {
  private static final long GRACE_MS = 500;
  private static final long LIMIT_MS = 5_000;
  private static final int UNFINISHED = 130;

  /** Says that a registered action is no longer wanted. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private final CountDownLatch finished = new CountDownLatch(1);
  private final List<Runnable> atOnce = new CopyOnWriteArrayList<>();
  private final List<Runnable> whenLate = new CopyOnWriteArrayList<>();
  private volatile boolean requested;
  private volatile int status = UNFINISHED;

  /** One that signals to this process request. */
  static Interruption ofProcess() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(interruption::shutDown, "netgear-interruption"));
    return interruption;
  }

  /** Whether somebody wants to stop. */
  boolean requested() {
    return requested;
  }

  /** Stops the command. From any thread; a second call does nothing. */
  void request() {
    synchronized (this) {
      if (requested) {
        return;
      }
      requested = true;
    }
    atOnce.forEach(Runnable::run);
    Thread thread = new Thread(this::insist, "netgear-closing");
    thread.setDaemon(true);
    thread.start();
  }

  private void insist() {
    if (!awaitFinished(GRACE_MS)) {
      whenLate.forEach(Runnable::run);
    }
  }

  /** Runs {@code action} as soon as somebody wants to stop; now, if that is past. */
  Registration atOnce(Runnable action) {
    atOnce.add(action);
    if (requested) {
      action.run();
    }
    return () -> atOnce.remove(action);
  }

  /** Runs {@code action} when the command has not stopped by itself after a short while. */
  Registration whenLate(Runnable action) {
    whenLate.add(action);
    return () -> whenLate.remove(action);
  }

  /** Tells that the command is done and the process may end with {@code status}. */
  void finished(int status) {
    this.status = status;
    finished.countDown();
  }

  private void shutDown() {
    if (finished.getCount() == 0) {
      return;
    }
    request();
    awaitFinished(LIMIT_MS);
    // A JVM that was signalled would report the signal; a stream that was ended well is no failure.
    Runtime.getRuntime().halt(status);
  }

  private boolean awaitFinished(long millis) {
    try {
      return finished.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
