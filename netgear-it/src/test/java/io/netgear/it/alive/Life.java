package io.netgear.it.alive;

import io.netgear.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One end that runs on a thread of its own, life after life, until it is told to stop. */
abstract class Life implements AutoCloseable {
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicBoolean dying = new AtomicBoolean();
  private final List<Stats> books = new ArrayList<>();
  private CompletableFuture<Void> thread;
  private volatile int lives;

  /** Opens an end, uses it while {@link #goesOn}, and closes it. */
  abstract Stats live(int life);

  void start() {
    thread = CompletableFuture.runAsync(this::run, work -> new Thread(work, "life").start());
  }

  private void run() {
    while (!stopping.get()) {
      int life = lives;
      Stats ofThisLife = live(life);
      synchronized (books) {
        books.add(ofThisLife);
      }
      dying.set(false);
      lives = life + 1;
    }
  }

  boolean goesOn() {
    return !stopping.get() && !dying.get();
  }

  /** How many lives are over. */
  int lives() {
    if (thread.isCompletedExceptionally()) {
      thread.join();
    }
    return lives;
  }

  /** Ends this life; the next one follows at once. */
  void restart() {
    dying.set(true);
  }

  /** What each life had in its books when it was over. */
  List<Stats> books() {
    synchronized (books) {
      return List.copyOf(books);
    }
  }

  /** Waits for the end, and throws what it failed with. */
  @Override
  public void close() {
    stopping.set(true);
    thread.join();
  }
}
