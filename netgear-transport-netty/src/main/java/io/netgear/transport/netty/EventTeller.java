package io.netgear.transport.netty;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Peer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/**
 * Tells {@link Events} on a thread of its own, in order, so that a slow listener holds up no
 * connection. The thread starts with the first event, sleeps between them, and ends with the link.
 *
 * <p>While a listener is busy, {@value #MOST_WAITING} events wait for it; further ones are counted
 * and not told, which is logged. That a peer was lost is always told, unless nobody was told of it.
 */
final class EventTeller implements AutoCloseable {
  static final int MOST_WAITING = 1_000;

  private static final System.Logger LOG = System.getLogger(EventTeller.class.getName());

  private final Events events;
  private final String name;
  private final ThreadFactory threads;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private final Set<Connection> untoldPeers = new HashSet<>();
  private long untold;
  private boolean started;
  private boolean closed;

  EventTeller(Events events, String name) {
    this(events, name, Thread::new);
  }

  /**
   * As the other one.
   *
   * @param threads makes the thread
   */
  EventTeller(Events events, String name, ThreadFactory threads) {
    this.events = events;
    this.name = name;
    this.threads = threads;
  }

  synchronized void connected(Connection connection, Peer peer) {
    if (!tell(() -> events.connected(peer))) {
      untoldPeers.add(connection);
    }
  }

  synchronized void lost(Connection connection, Peer peer) {
    if (!untoldPeers.remove(connection)) {
      add(() -> events.lost(peer));
    }
  }

  synchronized void refused(Peer peer, String reason) {
    tell(() -> events.refused(peer, reason));
  }

  synchronized void warned(String warning) {
    tell(() -> events.warned(warning));
  }

  synchronized void dropped(long count) {
    tell(() -> events.dropped(DropReason.QUEUE_FULL, count));
  }

  private boolean tell(Runnable event) {
    if (waiting.size() >= MOST_WAITING) {
      untold++;
      return false;
    }
    add(event);
    return true;
  }

  private void add(Runnable event) {
    if (closed) {
      return;
    }
    waiting.add(event);
    if (!started) {
      started = true;
      Thread thread = threads.newThread(this::run);
      thread.setName("netgear-netty-" + name + "-events");
      thread.setDaemon(true);
      thread.start();
    }
    notifyAll();
  }

  private void run() {
    for (Runnable event = next(); event != null; event = next()) {
      try {
        event.run();
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "A listener of link " + name + " threw; the link goes on.",
            e);
      }
    }
  }

  /** Null when the link is closed and everything was told. */
  private synchronized Runnable next() {
    if (waiting.isEmpty() && untold > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The listener of link "
              + name
              + " was busy for so long that "
              + untold
              + " events were not told: return from it quickly.");
      untold = 0;
    }
    while (waiting.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Someone interrupted the event thread of link " + name + "; it ends.",
            e);
        closed = true;
      }
    }
    return waiting.poll();
  }

  /** Tells what was to be told before and ends the thread; does not wait for it. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
