package io.netgear.codec.turbojpeg;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread of the {@link Crew}: a daemon that does parts of what it is offered and is parked
 * otherwise. It owns a libjpeg encoder and a decoder, each opened when first needed and kept for
 * the life of the process; between frames they hold a few kilobytes.
 */
final class Helper implements Runnable {
  private static final Logger LOG = System.getLogger(Helper.class.getName());

  /** Stands in the slot while the helper is at work. */
  private static final SharedWork BUSY = new Nothing();

  /** What is offered; null while idle. Whoever changes it from an offer has the say about it. */
  private final AtomicReference<SharedWork> slot = new AtomicReference<>();

  private final AtomicInteger working;
  private final Thread thread;
  private NativeSession encoding;
  private NativeSession decoding;
  private long encoder;
  private long decoder;

  Helper(String name, AtomicInteger working) {
    this.working = working;
    // No inherited thread-locals and no class loader of whoever comes first: it outlives them.
    thread = new Thread(null, this, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
  }

  void start() {
    thread.start();
  }

  /** Offers work, if the helper is idle. */
  boolean offer(SharedWork work) {
    if (slot.get() != null) {
      return false;
    }
    work.offered();
    if (!slot.compareAndSet(null, work)) {
      work.withdrawn();
      return false;
    }
    LockSupport.unpark(thread);
    return true;
  }

  /** Takes the offer back, if the helper has not come yet. */
  void withdraw(SharedWork work) {
    if (slot.compareAndSet(work, null)) {
      work.withdrawn();
    }
  }

  @Override
  public void run() {
    while (true) {
      SharedWork work = slot.get();
      if (work == null) {
        LockSupport.park(this);
      } else if (slot.compareAndSet(work, BUSY)) {
        help(work);
      }
    }
  }

  private void help(SharedWork work) {
    working.incrementAndGet();
    try {
      work.work(handle(work.decodes()));
    } catch (RuntimeException | Error e) {
      work.fail();
      LOG.log(Level.WARNING, "A helper failed, the frame's own thread does it all", e);
    } finally {
      working.decrementAndGet();
      slot.set(null);
      work.left();
    }
  }

  private long handle(boolean decodes) {
    if (decodes && decoding == null) {
      decoding = NativeSession.forDecoding();
      decoder = decoding.acquire();
    }
    if (!decodes && encoding == null) {
      encoding = NativeSession.forEncoding();
      encoder = encoding.acquire();
    }
    return decodes ? decoder : encoder;
  }

  private static final class Nothing extends SharedWork {
    @Override
    boolean doPart(int index, long handle) {
      throw new IllegalStateException("This is no work.");
    }

    @Override
    boolean decodes() {
      throw new IllegalStateException("This is no work.");
    }
  }
}
