package io.netgear.codec.turbojpeg;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads {@code netgear-jpeg-1} and so on, which help every encoder and decoder of the process
 * with its frame: one less than there are cores, started when first needed, parked when idle.
 *
 * <p>Nobody ever waits for a helper. The caller works itself, is joined by those that happen to be
 * idle while cores are, takes back its offer from those that have not come by the time that nothing
 * is left to do, and waits only for parts that are being done. So a stream goes on however many
 * others there are, and where all cores are at work anyway, each caller does its frame alone.
 */
final class Crew {
  private static final Logger LOG = System.getLogger(Crew.class.getName());

  private final Helper[] helpers;
  private final AtomicInteger started = new AtomicInteger();

  /** Threads at work on frames: callers and helpers. */
  private final AtomicInteger working = new AtomicInteger();

  private boolean noMoreThreads;

  /** A crew for {@code cores} threads at work, the callers among them. */
  Crew(int cores) {
    helpers = new Helper[Math.max(0, Math.min(cores, io.netgear.Jpeg.MAX_THREADS) - 1)];
  }

  /** The one of this process. */
  static Crew shared() {
    return Shared.CREW;
  }

  private static final class Shared {
    static final Crew CREW = new Crew(Runtime.getRuntime().availableProcessors());
  }

  /** Threads that may be at work at once, the caller of one frame among them. */
  int cores() {
    return helpers.length + 1;
  }

  /** Counts a caller at work on a frame, alone or not, until it leaves. */
  void enter() {
    working.incrementAndGet();
  }

  /** By a caller that has entered. */
  void leave() {
    working.decrementAndGet();
  }

  /**
   * By a caller that has entered: how many threads, itself among them, are good for the next frame
   * of {@code work}, of at most {@code threads}.
   */
  int threadsFor(SharedWork work, int threads) {
    int idleCores = Math.max(0, cores() - working.get());
    return work.pace().sharesNext() ? Math.min(threads, 1 + idleCores) : 1;
  }

  /**
   * Does all parts of {@code work} with at most {@code threads} threads, this one among them, and
   * returns when they are done or one has failed. No thread touches the work afterwards.
   *
   * @param handle this thread's libjpeg handle, of the kind that the work needs
   */
  void share(SharedWork work, int parts, int threads, long handle) {
    work.begin(parts);
    int offers = 0;
    boolean done = false;
    try {
      offers = offer(work, Math.min(threads, parts) - 1);
      work.work(handle);
      done = true;
    } finally {
      if (!done) {
        work.fail();
      }
      for (int i = 0; offers > 0 && i < helpers.length; i++) {
        Helper helper = helpers[i];
        if (helper != null) {
          helper.withdraw(work);
        }
      }
      work.awaitHelpers();
    }
  }

  /** Offers the work to helpers that are idle. Gives how many they are. */
  private int offer(SharedWork work, int wanted) {
    int offers = 0;
    for (int i = 0; offers < wanted && i < helpers.length; i++) {
      Helper helper = i < started.get() ? helpers[i] : start(i);
      if (helper != null && helper.offer(work)) {
        offers++;
      }
    }
    return offers;
  }

  /** Starts helper {@code index} unless somebody else has. Gives null when it cannot be started. */
  private synchronized Helper start(int index) {
    if (index < started.get()) {
      return helpers[index];
    }
    if (noMoreThreads) {
      return null;
    }
    Helper helper = new Helper("netgear-jpeg-" + (index + 1), working);
    try {
      helper.start();
    } catch (OutOfMemoryError e) {
      noMoreThreads = true;
      LOG.log(Level.WARNING, "JPEGs get no help from another thread: " + e.getMessage());
      return null;
    }
    helpers[index] = helper;
    started.set(index + 1);
    return helper;
  }
}
