package io.netgear.transport.zmq;

import io.netgear.spi.PooledBuffer;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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

  /** Most parts of the small sort are parts of an envelope. */
  private static final int ENVELOPE_BYTES = 64;

  /** Messages of each sort that are kept to be used again. */
  private static final int SPARE = 16;

  private static final int MOST_LOADED = 64;

  private final BooleanSupplier ioThread;
  private final OutboundGate gate;
  private final boolean seals;
  private final List<OutboundLoan> loans = new ArrayList<>();
  private final ReferenceQueue<OutboundMsg> lost = new ReferenceQueue<>();
  private final ArrayDeque<SmallMsg> spareEnvelopes = new ArrayDeque<>(SPARE);
  private final ArrayDeque<SmallMsg> spareSmall = new ArrayDeque<>(SPARE);
  private final ArrayDeque<OutboundMsg> spare = new ArrayDeque<>(SPARE);

  /** Loaded by an engine, and perhaps not yet written. The I/O thread's. */
  private final List<SmallMsg> loaded = new ArrayList<>();

  /**
   * @param gate what the socket's connections write passes through it
   * @param seals whether JeroMQ encrypts, and so reads parts of any size from the heap
   */
  OutboundMemory(BooleanSupplier ioThread, OutboundGate gate, boolean seals) {
    this.ioThread = ioThread;
    this.gate = gate;
    this.seals = seals;
  }

  boolean onIoThread() {
    return ioThread.getAsBoolean();
  }

  /** A part for JeroMQ; {@code buffer} is owned by this from now on. */
  Msg part(PooledBuffer buffer) {
    ByteBuffer bytes = buffer.bytes();
    if (seals || bytes.remaining() <= HEAP_BYTES) {
      SmallMsg copy = small(bytes);
      buffer.release();
      return copy;
    }
    ByteBuffer slice = bytes.slice();
    synchronized (loans) {
      OutboundMsg msg = spare.isEmpty() ? new OutboundMsg(this, lost) : spare.removeLast();
      msg.hold(slice);
      msg.loan().hold(buffer);
      loans.add(msg.loan());
      return msg;
    }
  }

  /** A part with a copy of {@code bytes}, which are few. */
  SmallMsg small(ByteBuffer bytes) {
    if (seals) {
      // nobody sees when JeroMQ has read what it encrypts, so none of these is used again
      return new SmallMsg(this, bytes.remaining()).hold(bytes);
    }
    boolean envelope = bytes.remaining() <= ENVELOPE_BYTES;
    SmallMsg msg;
    synchronized (loans) {
      msg = (envelope ? spareEnvelopes : spareSmall).pollLast();
    }
    return (msg != null ? msg : new SmallMsg(this, envelope ? ENVELOPE_BYTES : HEAP_BYTES))
        .hold(bytes);
  }

  /** An engine begins to write {@code msg}. On the I/O thread. */
  void writing(SmallMsg msg) {
    if (loaded.size() == MOST_LOADED) {
      // what connections had begun to write when they ended
      loaded.clear();
    }
    loaded.add(msg);
  }

  void queued(OutboundLoan loan) {
    synchronized (loans) {
      loan.queued();
    }
  }

  /** An engine loads a part; false when it was taken back. On the I/O thread. */
  boolean writing(OutboundLoan loan, ByteBuffer view) {
    giveBackWritten();
    gate.loading();
    synchronized (loans) {
      if (!loan.isTakenBack()) {
        loan.writing(view);
        return true;
      }
    }
    gate.loadedTakenBack();
    return false;
  }

  /**
   * Gives {@code buffer} back, should it not be written yet: nobody reads it when this returns, and
   * a connection that was to write it, or the rest of it, ends. Not on the I/O thread.
   */
  void takeBack(PooledBuffer buffer) {
    takeBackFirst(loan -> loan.buffer() == buffer);
  }

  /** Gives back all that is not written yet. */
  void takeBackAll() {
    boolean more = true;
    while (more) {
      more = takeBackFirst(loan -> true);
    }
  }

  private boolean takeBackFirst(Predicate<OutboundLoan> which) {
    OutboundLoan loan = null;
    List<ByteBuffer> views = List.of();
    synchronized (loans) {
      for (int i = 0; loan == null && i < loans.size(); i++) {
        loan = which.test(loans.get(i)) ? loans.remove(i) : null;
      }
      OutboundMsg msg = loan == null ? null : loan.get();
      if (msg != null) {
        msg.takeBack();
        views = loan.takeBack();
      }
    }
    if (loan == null) {
      return false;
    }
    gate.bar(views);
    loan.letGo().release();
    return true;
  }

  /**
   * {@code msg} was offered to all queues that there are, or to none; it will go to no other.
   *
   * @return how many took it; with 0 its buffer is free at once
   */
  int offered(Msg msg) {
    OutboundLoan unwanted = null;
    int queues;
    synchronized (loans) {
      if (msg instanceof SmallMsg small) {
        queues = small.offered();
        if (queues == 0) {
          useAgain(small);
        }
      } else {
        OutboundLoan loan = ((OutboundMsg) msg).loan();
        queues = loan.offered();
        unwanted = queues == 0 && loans.remove(loan) ? loan : null;
      }
    }
    if (unwanted != null) {
      end(unwanted);
    }
    return queues;
  }

  /** Gives the buffer of a loan back that is in the list no more. */
  private void end(OutboundLoan loan) {
    loan.letGo().release();
    OutboundMsg msg = loan.get();
    if (msg != null) {
      msg.letGo();
      synchronized (loans) {
        if (spare.size() < SPARE) {
          spare.addLast(msg);
        }
      }
    }
  }

  private void useAgain(SmallMsg msg) {
    ArrayDeque<SmallMsg> same = msg.capacity() == ENVELOPE_BYTES ? spareEnvelopes : spareSmall;
    if (!seals && same.size() < SPARE) {
      same.addLast(msg);
    }
  }

  /** Called by the I/O thread whenever it comes by. */
  void giveBackWritten() {
    if (!onIoThread()) {
      return;
    }
    for (OutboundLoan written = nextWritten(); written != null; written = nextWritten()) {
      end(written);
    }
    if (!loaded.isEmpty()) {
      synchronized (loans) {
        useWrittenAgain();
      }
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

  private void useWrittenAgain() {
    for (int i = loaded.size() - 1; i >= 0; i--) {
      SmallMsg msg = loaded.get(i);
      if (msg.isWritten()) {
        useAgain(msg);
        loaded.remove(i);
      } else if (msg.isShared()) {
        loaded.remove(i);
      }
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
