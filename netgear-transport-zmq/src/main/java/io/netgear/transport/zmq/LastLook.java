package io.netgear.transport.zmq;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Time for the link to take what a connection brought last, before JeroMQ hears of its end.
 *
 * <p>Where a socket connects and {@code ZMQ_IMMEDIATE} is off, JeroMQ 0.6.0 answers the loss of a
 * connection by ending its queue with whatever is in it ({@code SocketBase.hiccuped}): of the
 * answers that were followed at once by the end of the connection one in ten got lost, and what
 * waited for a slow consumer altogether.
 */
final class LastLook {
  /** Much longer than it takes to wake the link's thread. */
  private static final long TO_WAKE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LONG_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private final boolean unasked;
  private final boolean forAsLongAsItTakes;
  private volatile long looked = System.nanoTime();
  private volatile boolean asked;
  private volatile boolean waiting;
  private volatile boolean over;

  /**
   * @param unasked whether messages come that answer none
   * @param forAsLongAsItTakes whether the link always comes back to look, however long its
   *     application keeps it, and nobody else suffers from that
   */
  LastLook(boolean unasked, boolean forAsLongAsItTakes) {
    this.unasked = unasked;
    this.forAsLongAsItTakes = forAsLongAsItTakes;
  }

  static LastLook of(SocketKind kind, int addresses) {
    boolean pulls = kind == SocketKind.PULL;
    boolean subscribes = kind == SocketKind.SUBSCRIBE;
    return new LastLook(pulls || subscribes, pulls || (subscribes && addresses == 1));
  }

  /** By the link: it sends something that may be answered. */
  void asked() {
    asked = true;
  }

  /** By the link: it has an answer, or wants none any more. */
  void answered() {
    asked = false;
  }

  /** By the link: it found nothing when it looked, from {@code began} ({@code nanoTime}) on. */
  void foundNone(long began) {
    looked = began;
  }

  /** By the link: it found nothing, and waits until it is woken by what comes. */
  void waiting(boolean waits) {
    waiting = waits;
  }

  /** The link is closing and takes nothing more. Any thread. */
  void over() {
    over = true;
  }

  /**
   * On the I/O thread: a connection has ended that brought something at {@code lastRead} ({@code
   * nanoTime}). Returns at once where nothing is expected or all must have been taken: until then
   * what is sent goes nowhere.
   */
  void await(long lastRead) {
    long seen = System.nanoTime();
    while (!over && looked - seen < 0 && mayHaveLeftSomething(lastRead)) {
      LockSupport.parkNanos(isRecent(lastRead) ? PAUSE_NS : LONG_PAUSE_NS);
    }
  }

  private boolean mayHaveLeftSomething(long lastRead) {
    boolean expects = unasked || asked || waiting;
    return expects && ((forAsLongAsItTakes && !waiting) || isRecent(lastRead));
  }

  private static boolean isRecent(long lastRead) {
    return System.nanoTime() - lastRead < TO_WAKE_NS;
  }
}
