package io.netgear.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells listeners what happened: in order, one at a time, and never while the network's lock is
 * held. Thread-safe.
 */
final class EventRelay {
  private static final System.Logger LOG = System.getLogger(EventRelay.class.getName());

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger untold = new AtomicInteger();

  /** Notes something to be told by the next {@link #tell}. */
  void note(Runnable event) {
    waiting.add(event);
  }

  /** Tells what was noted. When another thread is about it already, that one goes on with ours. */
  void tell() {
    if (untold.getAndIncrement() != 0) {
      return;
    }
    do {
      untold.set(1);
      for (Runnable event = waiting.poll(); event != null; event = waiting.poll()) {
        try {
          event.run();
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "An Events listener threw; the link goes on.", e);
        }
      }
    } while (!untold.compareAndSet(1, 0));
  }
}
