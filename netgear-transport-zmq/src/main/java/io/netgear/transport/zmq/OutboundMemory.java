package io.netgear.transport.zmq;

import io.netgear.spi.PooledBuffer;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import zmq.Msg;

/**
 * The buffers that JeroMQ still reads, given back when they are wholly written.
 *
 * <p>What is written is found out whenever the I/O thread comes by: when it loads the next message,
 * when something arrives (an answer above all), when a connection changes. So a finished buffer may
 * be held until the next of these, one for each connection at most. What was lost in a queue comes
 * back when the collector finds it, and at the latest when the link closes.
 */
final class OutboundMemory {
  /** Parts up to this size are copied to the heap. */
  static final int HEAP_BYTES = 2048;

  private final BooleanSupplier ioThread;
  private final List<OutboundLoan> loans = new ArrayList<>();
  private final ReferenceQueue<OutboundMsg> lost = new ReferenceQueue<>();

  OutboundMemory(BooleanSupplier ioThread) {
    this.ioThread = ioThread;
  }

  boolean onIoThread() {
    return ioThread.getAsBoolean();
  }

  /** A part for JeroMQ; {@code buffer} is owned by this from now on. */
  Msg part(PooledBuffer buffer) {
    ByteBuffer bytes = buffer.bytes();
    if (bytes.remaining() <= HEAP_BYTES) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(bytes.position(), copy);
      buffer.release();
      return new SmallMsg(this, copy);
    }
    OutboundMsg msg = new OutboundMsg(this, bytes.slice());
    OutboundLoan loan = new OutboundLoan(msg, buffer, lost);
    msg.lend(loan);
    synchronized (loans) {
      loans.add(loan);
    }
    return msg;
  }

  void queued(OutboundLoan loan) {
    synchronized (loans) {
      loan.queued();
    }
  }

  void writing(OutboundLoan loan, ByteBuffer view) {
    giveBackWritten();
    synchronized (loans) {
      loan.writing(view);
    }
  }

  /**
   * {@code msg} was offered to all queues that there are, or to none; it will go to no other.
   *
   * @return how many took it; with 0 its buffer is free at once
   */
  int offered(Msg msg) {
    if (msg instanceof SmallMsg small) {
      return small.queues();
    }
    OutboundLoan loan = ((OutboundMsg) msg).loan();
    int queues;
    synchronized (loans) {
      queues = loan.offered();
      if (queues == 0) {
        loans.remove(loan);
      }
    }
    if (queues == 0) {
      loan.clear();
      loan.buffer().release();
    }
    return queues;
  }

  /** Called by the I/O thread whenever it comes by. */
  void giveBackWritten() {
    if (!onIoThread()) {
      return;
    }
    for (OutboundLoan written = nextWritten(); written != null; written = nextWritten()) {
      written.clear();
      written.buffer().release();
    }
    reclaim();
  }

  private OutboundLoan nextWritten() {
    synchronized (loans) {
      for (int i = 0; i < loans.size(); i++) {
        if (loans.get(i).written()) {
          return loans.remove(i);
        }
      }
      return null;
    }
  }

  private void reclaim() {
    Reference<? extends OutboundMsg> gone = lost.poll();
    while (gone != null) {
      boolean held;
      synchronized (loans) {
        held = loans.remove((OutboundLoan) gone);
      }
      if (held) {
        ((OutboundLoan) gone).buffer().release();
      }
      gone = lost.poll();
    }
  }

  /** How many buffers are not yet known to be written. */
  int held() {
    synchronized (loans) {
      return loans.size();
    }
  }

  /**
   * Gives back what was queued for connections of which none is left: no engine will ever write it.
   */
  void releaseOffered() {
    List<OutboundLoan> dead = new ArrayList<>();
    synchronized (loans) {
      for (Iterator<OutboundLoan> all = loans.iterator(); all.hasNext(); ) {
        OutboundLoan loan = all.next();
        if (loan.isOffered()) {
          all.remove();
          dead.add(loan);
        }
      }
    }
    release(dead);
  }

  /**
   * Gives back what is left, once no thread of JeroMQ is there to read it, or no engine that could.
   */
  void releaseAll() {
    List<OutboundLoan> left;
    synchronized (loans) {
      left = new ArrayList<>(loans);
      loans.clear();
    }
    release(left);
  }

  private static void release(List<OutboundLoan> loans) {
    for (OutboundLoan loan : loans) {
      loan.clear();
      loan.buffer().release();
    }
  }
}
