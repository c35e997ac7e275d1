package io.netgear.internal.memory;

import java.lang.ref.Cleaner;

/**
 * Reports memory that became garbage while it was lent. One for each piece of memory, for as long
 * as there is it, so that a loan costs no reference object of its own.
 */
final class LeakWatch implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.netgear.memory");
  private static final Cleaner CLEANER = Cleaner.create();

  private final int capacity;
  private final LentBytes lentBytes;
  private volatile boolean lent;
  private volatile Throwable borrower;

  private LeakWatch(int capacity, LentBytes lentBytes) {
    this.capacity = capacity;
    this.lentBytes = lentBytes;
  }

  /** Watches {@code memory}, to which it keeps no reference. */
  static LeakWatch over(Object memory, int capacity, LentBytes lentBytes) {
    LeakWatch watch = new LeakWatch(capacity, lentBytes);
    CLEANER.register(memory, watch);
    return watch;
  }

  /** From now on its becoming garbage is a leak; {@code borrower} is where it was lent, or null. */
  void lend(Throwable borrower) {
    this.borrower = borrower;
    lent = true;
  }

  void returned() {
    lent = false;
    borrower = null;
  }

  /** The memory is garbage. */
  @Override
  public void run() {
    if (!lent) {
      return;
    }
    lentBytes.add(-capacity);
    LOG.log(
        System.Logger.Level.WARNING,
        "A buffer of "
            + capacity
            + " bytes of "
            + lentBytes.owner()
            + " was never given back: a received frame was not closed."
            + (borrower == null ? " Run with -Dnetgear.leaks=trace to see who borrowed it." : ""),
        borrower);
  }
}
