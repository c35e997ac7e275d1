package io.netgear.transport.zmq;

import io.netgear.spi.Deadline;

/**
 * What passes through a socket under CURVE, as far as can be told from outside of JeroMQ: how many
 * peers have completed the handshake, and how much has been decrypted that the link has not taken.
 *
 * <p>JeroMQ's own limit must not be used to hold peers back. When its queue is full, the part that
 * it has just decrypted is lost, and its ciphertext goes to the application instead, later. So the
 * queue has no limit, and the I/O thread waits here, before it decrypts, while the link is busy
 * with what it has. A link that looks for messages and finds none never holds anything back: what
 * then is on its way are parts of messages that are not complete.
 */
final class SealedTraffic {
  private static final long LONGEST_WAIT_MS = 1_000;

  private final boolean holdsBack;
  private final int mostParts;
  private final long mostBytes;
  private final Runnable onFlood;
  private int ready;
  private int refused;
  private int parts;
  private long bytes;
  private boolean hungry;
  private boolean flooded;
  private boolean nudged;
  private boolean closed;

  /**
   * @param holdsBack whether peers may be kept waiting; not where this end asks and they answer
   * @param mostParts how many decrypted parts may wait
   * @param mostBytes how many decrypted bytes may wait before the link must start afresh
   * @param onFlood called once, on the I/O thread, when there are more
   */
  SealedTraffic(boolean holdsBack, int mostParts, long mostBytes, Runnable onFlood) {
    this.holdsBack = holdsBack;
    this.mostParts = mostParts;
    this.mostBytes = mostBytes;
    this.onFlood = onFlood;
  }

  /** A peer has completed the handshake, or is about to. */
  synchronized void met() {
    ready++;
    notifyAll();
  }

  /** A peer was turned away, and has been told of. */
  synchronized void turnedAway() {
    refused++;
  }

  /** How many peers have completed the handshake. */
  synchronized int ready() {
    return ready;
  }

  /**
   * A connection ended, and {@code remaining} are left; answers whether nothing is known about why
   * it never completed the handshake.
   */
  synchronized boolean endedUnmet(int remaining) {
    if (remaining == 0) {
      bytes = 0;
    }
    if (ready > remaining) {
      ready = remaining;
      return false;
    }
    if (refused > 0) {
      refused--;
      return false;
    }
    return true;
  }

  /** On the I/O thread, before {@code size} bytes are decrypted. */
  void opening(int size) {
    boolean breach;
    synchronized (this) {
      parts++;
      bytes += size;
      breach = bytes > mostBytes && !flooded;
      flooded |= breach;
    }
    if (breach) {
      onFlood.run();
    }
    if (holdsBack) {
      awaitTaken();
    }
  }

  private synchronized void awaitTaken() {
    boolean interrupted = false;
    while (parts > mostParts && !hungry && !flooded && !closed) {
      try {
        wait(LONGEST_WAIT_MS);
      } catch (InterruptedException e) {
        interrupted = true; // of a thread of JeroMQ's, which does not expect that
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The link took a part. */
  synchronized void took(int size) {
    parts = Math.max(0, parts - 1);
    bytes = Math.max(0, bytes - size);
    hungry = false;
    if (parts <= mostParts) {
      notifyAll();
    }
  }

  /** The link looked for a message and found none. */
  synchronized void foundNone() {
    parts = 0;
    if (!hungry) {
      hungry = true;
      notifyAll();
    }
  }

  /** The link does something else than looking for messages. */
  synchronized void looksAway() {
    hungry = false;
  }

  /**
   * Waits for a peer that has completed the handshake; until {@code deadline}, or {@link #nudge}.
   *
   * @return whether there is one
   */
  synchronized boolean awaitMet(Deadline deadline) throws InterruptedException {
    while (ready == 0 && !nudged && !closed && !deadline.passed()) {
      wait(Math.max(1, Math.min(deadline.remainingMillis(), LONGEST_WAIT_MS)));
    }
    return ready > 0;
  }

  /** Ends the waiting of {@link #awaitMet}, now and later. */
  synchronized void nudge() {
    nudged = true;
    notifyAll();
  }

  /** {@link #awaitMet} waits again. */
  synchronized void rest() {
    nudged = false;
  }

  /** Nobody waits here any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
