package io.netgear.cli;

import io.netgear.Address;
import io.netgear.FrameSender;
import io.netgear.Receipt;
import io.netgear.Stats;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One way out of a relay: a sender, the thread that it works on, and room for one frame that waits.
 */
final class RelayOutput implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.netgear.relay");
  private static final long LAST_FRAME_MS = 1_000;

  private final FrameSender sender;
  private final List<String> addresses;
  private final boolean holdBack;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private SharedFrame waiting;
  private boolean ending;
  private boolean reached = true;
  private String failure;
  private long replaced;
  private long closed;

  /**
   * Starts at once.
   *
   * @param holdBack whether a frame waits for the one before it; else it takes its place
   */
  RelayOutput(FrameSender sender, boolean holdBack) {
    this.sender = sender;
    this.addresses = sender.addresses().stream().map(Address::toString).toList();
    this.holdBack = holdBack;
    this.thread = new Thread(this::run, "netgear-relay-" + addresses.get(0));
    thread.setDaemon(true);
    thread.start();
  }

  List<String> addresses() {
    return addresses;
  }

  /** Where browsers can watch what goes out here. */
  List<URI> webAddresses() {
    return sender.webAddresses();
  }

  /**
   * Leaves a frame to be sent, of which this output is one user. Waits for the one before it when
   * holding back, but not for a peer that does not answer: one that is gone delays nobody.
   */
  void offer(SharedFrame frame) {
    lock.lock();
    try {
      while (holdBack && reached && waiting != null && !ending && failure == null) {
        changed.awaitUninterruptibly();
      }
      SharedFrame superfluous = waiting;
      if (ending || failure != null) {
        superfluous = frame;
      } else {
        waiting = frame;
        changed.signalAll();
      }
      if (superfluous != null) {
        replaced++;
        superfluous.done();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why it sends nothing any more; null while it does. */
  String failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (SharedFrame next = next(); next != null; next = next()) {
        forward(next);
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  private void forward(SharedFrame frame) {
    try {
      Receipt.Status status = sender.forward(frame.frame()).status();
      reached(status != Receipt.Status.NO_PEER && status != Receipt.Status.TIMED_OUT);
    } catch (IllegalArgumentException e) { // too large for this way, and in its books as refused
      LOG.log(System.Logger.Level.WARNING, "A frame is not sent on to {0}: {1}", addresses, e);
    } catch (IllegalStateException e) { // closed before it came to this frame
      lateForClosing();
      throw e;
    } finally {
      frame.done();
    }
  }

  private void lateForClosing() {
    lock.lock();
    try {
      closed++;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a frame; null when there will be none. */
  private SharedFrame next() {
    lock.lock();
    try {
      while (waiting == null && !ending) {
        changed.awaitUninterruptibly();
      }
      SharedFrame next = waiting;
      waiting = null;
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void reached(boolean now) {
    lock.lock();
    try {
      reached = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable e) {
    lock.lock();
    try {
      if (ending) {
        return;
      }
      failure = e.getMessage();
      if (waiting != null) {
        replaced++;
        waiting.done();
        waiting = null;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "Nothing goes to {0} any more: {1}",
        addresses,
        e.getMessage());
  }

  /** Ends it without waiting for the frame in hand. From any thread. */
  void abort() {
    end();
    sender.close();
  }

  private void end() {
    lock.lock();
    try {
      ending = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sends what waits, says goodbye and frees all it has. */
  @Override
  public void close() {
    end();
    try {
      thread.join(LAST_FRAME_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.close();
    try {
      thread.join(LAST_FRAME_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it did, for programs. */
  Map<String, Object> describe() {
    Stats books = sender.stats();
    Map<String, Object> dropped = Summary.dropped(books);
    lock.lock();
    try {
      if (replaced > 0) {
        dropped.put("replaced", replaced);
      }
      if (closed > 0) {
        dropped.merge("closed", closed, (first, second) -> (long) first + (long) second);
      }
      Map<String, Object> output = new LinkedHashMap<>();
      output.put("addresses", addresses);
      output.put("frames", books.delivered());
      output.put("offered", books.frames() + replaced + closed);
      output.put("dropped", dropped);
      output.put("balanced", books.balanced());
      output.put("reconnects", books.reconnects());
      output.put("error", failure);
      return output;
    } finally {
      lock.unlock();
    }
  }
}
