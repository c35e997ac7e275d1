package io.netgear.transport.zmq;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Stands between the connections of a socket and the memory that they write from, so that memory
 * can be taken back while JeroMQ still holds it.
 *
 * <p>JeroMQ reads the memory of a large part twice: it copies the beginning behind the part's
 * header right after it has loaded the part, and writes that before it does anything else; then it
 * writes the rest from where it lies. Both writes pass through here.
 */
final class OutboundGate {
  /** A write of memory that was taken back. */
  static final class TakenBackException extends IOException {
    private static final long serialVersionUID = 1;

    TakenBackException() {
      super("The sender took back what was being sent; the connection ends within a message.");
    }
  }

  private static final long LOOK_MS = 100;

  private final BooleanSupplier ioThreadLives;
  private final List<WeakReference<ByteBuffer>> barred = new ArrayList<>();
  private boolean loading;
  private boolean loadedTakenBack;

  /**
   * @param ioThreadLives whether there is a thread that may be reading
   */
  OutboundGate(BooleanSupplier ioThreadLives) {
    this.ioThreadLives = ioThreadLives;
  }

  /** JeroMQ is about to load a part. On the I/O thread. */
  synchronized void loading() {
    loading = true;
  }

  /** The part that is being loaded was taken back: what is written next must not get out. */
  synchronized void loadedTakenBack() {
    loadedTakenBack = true;
  }

  /** The I/O thread is in none of its connections. */
  synchronized void loaded() {
    if (loading) {
      loading = false;
      notifyAll();
    }
  }

  /**
   * Writes what may be written. On the I/O thread.
   *
   * @throws TakenBackException if {@code from} was taken back, or announces a part that was
   */
  synchronized int write(SocketChannel to, ByteBuffer from) throws IOException {
    loaded();
    if (loadedTakenBack || isBarred(from)) {
      loadedTakenBack = false;
      throw new TakenBackException();
    }
    return to.write(from);
  }

  private boolean isBarred(ByteBuffer from) {
    for (int i = 0; i < barred.size(); i++) {
      if (barred.get(i).refersTo(from)) {
        return true;
      }
    }
    return false;
  }

  /** Returns when nobody reads {@code views} any more, and nobody will. Not on the I/O thread. */
  synchronized void bar(List<ByteBuffer> views) {
    barred.removeIf(view -> view.refersTo(null));
    views.forEach(view -> barred.add(new WeakReference<>(view)));
    boolean interrupted = false;
    while (loading && ioThreadLives.getAsBoolean()) {
      try {
        wait(LOOK_MS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
