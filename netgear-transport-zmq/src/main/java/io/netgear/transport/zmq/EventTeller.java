package io.netgear.transport.zmq;

import io.netgear.Events;
import io.netgear.Peer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells a link's {@link Events} on a thread of its own, so that a slow listener holds up no
 * connection. The thread starts with the first event, sleeps between them, and ends with the link.
 *
 * <p>While a listener is busy, {@value #MOST_WAITING} events wait for it; further ones are counted
 * and not told, which is logged when the listener comes back. That a peer was lost is always told,
 * unless nobody was told of the peer.
 */
final class EventTeller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EventTeller.class.getName());
  private static final long LATER_NS = TimeUnit.MILLISECONDS.toNanos(300);
  static final int MOST_WAITING = 1_000;

  private final Events events;
  private final String name;
  private final DelayQueue<Task> tasks = new DelayQueue<>();
  private final AtomicLong order = new AtomicLong();
  private final Set<Peer> untoldPeers = new HashSet<>();
  private int waiting;
  private long untold;
  private long untoldAndLogged;
  private boolean started;
  private boolean closed;

  EventTeller(Events events, String name) {
    this.events = events;
    this.name = name;
  }

  synchronized void connected(Peer peer) {
    if (hasRoom()) {
      tell(() -> events.connected(peer));
    } else {
      untoldPeers.add(peer);
    }
  }

  synchronized void lost(Peer peer) {
    if (!untoldPeers.remove(peer)) {
      tell(() -> events.lost(peer));
    }
  }

  synchronized void refused(Peer peer, String reason) {
    if (hasRoom()) {
      tell(() -> events.refused(peer, reason));
    }
  }

  private boolean hasRoom() {
    boolean room = waiting < MOST_WAITING;
    untold += room ? 0 : 1;
    return room;
  }

  /** How many events were not told because the listener was busy. */
  synchronized long untold() {
    return untold;
  }

  void warned(String warning) {
    LOG.log(System.Logger.Level.WARNING, warning);
    tell(() -> events.warned(warning));
  }

  /** Runs {@code action} in a short while. */
  void later(Runnable action) {
    add(action, LATER_NS);
  }

  /** Runs {@code action} in {@code millis}, unless the link is closed before. */
  void later(Runnable action, long millis) {
    add(action, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private synchronized void tell(Runnable action) {
    if (!closed) {
      waiting++;
      add(
          () -> {
            told();
            action.run();
          },
          0);
    }
  }

  private void told() {
    long missed;
    synchronized (this) {
      waiting--;
      missed = untold - untoldAndLogged;
      untoldAndLogged = untold;
    }
    if (missed > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The listener of link "
              + name
              + " was busy for so long that "
              + missed
              + " events were not told: return from it quickly.");
    }
  }

  private void add(Runnable action, long delayNs) {
    synchronized (this) {
      if (closed) {
        return;
      }
      tasks.add(new Task(System.nanoTime() + delayNs, order.getAndIncrement(), action));
      if (!started) {
        started = true;
        Thread thread = new Thread(this::run, "netgear-zmq-" + name + "-events");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void run() {
    try {
      while (true) {
        Task task = tasks.take();
        if (task.action == null) {
          return;
        }
        call(task.action);
      }
    } catch (InterruptedException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Someone interrupted the event thread of link " + name + "; it ends.",
          e);
    }
  }

  private void call(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "A listener of link " + name + " threw; the link goes on.",
          e);
    }
  }

  /** Tells what was to be told before and ends the thread; does not wait for it. */
  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        tasks.add(new Task(System.nanoTime(), order.getAndIncrement(), null));
        closed = true;
      }
    }
  }

  /** In the order in which they fall due. */
  private static final class Task implements Delayed {
    private final long dueNs;
    private final long number;
    private final Runnable action;

    Task(long dueNs, long number, Runnable action) {
      this.dueNs = dueNs;
      this.number = number;
      this.action = action;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Task that = (Task) other;
      int byTime = Long.signum(dueNs - that.dueNs);
      return byTime != 0 ? byTime : Long.compare(number, that.number);
    }
  }
}
