package io.netgear.transport.zmq;

import io.netgear.spi.BufferPool;
import io.netgear.spi.PooledBuffer;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import zmq.Msg;
import zmq.io.Metadata;
import zmq.msg.MsgAllocator;

/**
 * Where the parts that arrive get their memory: from the link's pool, small ones from the heap.
 *
 * <p>Called on the I/O thread, except for {@link #handOver}, {@link #giveBack} and {@link
 * #releaseAll}. Nothing is ever thrown from here into JeroMQ, which would lose its place in the
 * stream: a part for which the pool has no memory is read into a scratch buffer of its own, one a
 * link, and is dropped by the link as a whole message.
 */
final class InboundMemory implements MsgAllocator {
  /** Parts up to this size stay on the heap. */
  static final int HEAP_BYTES = 2048;

  private final BufferPool pool;
  private final long maxMessageBytes;
  private final boolean envelopes;
  private final Runnable onActivity;
  private final List<InboundLoan> loans = new ArrayList<>();
  private final ReferenceQueue<InboundMsg> dropped = new ReferenceQueue<>();
  private final List<Connection> connections = new ArrayList<>();
  private ByteBuffer scratch = ByteBuffer.allocateDirect(0);
  private volatile boolean meetsOldPeers;

  InboundMemory(BufferPool pool, long maxMessageBytes, boolean envelopes, Runnable onActivity) {
    this.envelopes = envelopes;
    this.pool = pool;
    this.maxMessageBytes = maxMessageBytes;
    this.onActivity = onActivity;
  }

  long maxMessageBytes() {
    return maxMessageBytes;
  }

  @Override
  public Msg allocate(int size) {
    onActivity.run();
    reclaim();
    if (size <= HEAP_BYTES) {
      // a length of 2^63 and more comes here as a negative number, past JeroMQ's own check
      InboundMsg msg = new InboundMsg(this, Math.max(size, 0));
      if (size < 0) {
        msg.doom(InboundMsg.Fate.TOO_LARGE);
      }
      return msg;
    }
    PooledBuffer buffer;
    try {
      buffer = pool.acquire(size);
    } catch (IllegalStateException e) {
      return unread(size);
    }
    InboundMsg msg = new InboundMsg(this, buffer.bytes());
    InboundLoan loan = new InboundLoan(msg, buffer, dropped);
    msg.lend(loan);
    synchronized (loans) {
      loans.add(loan);
    }
    return msg;
  }

  private InboundMsg unread(int size) {
    if (scratch.capacity() < size) {
      scratch = ByteBuffer.allocateDirect(size);
    }
    InboundMsg msg = new InboundMsg(this, scratch.slice(0, size));
    msg.doom(InboundMsg.Fate.NO_MEMORY);
    return msg;
  }

  /** The connection that {@code metadata} belongs to: an engine has one such object for life. */
  Connection connection(Metadata metadata) {
    for (int i = 0; i < connections.size(); i++) {
      if (connections.get(i).is(metadata)) {
        return connections.get(i);
      }
    }
    Connection connection = new Connection(metadata, envelopes);
    connections.add(connection);
    return connection;
  }

  /** A connection is gone. */
  void forget(String peerAddress) {
    connections.removeIf(connection -> connection.peer().address().equals(peerAddress));
  }

  boolean meetsOldPeers() {
    return meetsOldPeers;
  }

  /** A peer speaks ZMTP 1 or 2; from now on messages without metadata are swallowed. */
  void oldPeerMet() {
    meetsOldPeers = true;
  }

  /** Takes a buffer out of JeroMQ's hands, for the caller to own. */
  PooledBuffer handOver(InboundLoan loan) {
    loan.clear();
    synchronized (loans) {
      loans.remove(loan);
    }
    return loan.buffer();
  }

  void giveBack(InboundLoan loan) {
    handOver(loan).release();
  }

  private void reclaim() {
    Reference<? extends InboundMsg> lost = dropped.poll();
    while (lost != null) {
      boolean ours;
      synchronized (loans) {
        ours = loans.remove((InboundLoan) lost);
      }
      if (ours) {
        ((InboundLoan) lost).buffer().release();
      }
      lost = dropped.poll();
    }
  }

  /** Gives back what was being read by connections of which none is left. On the I/O thread. */
  void releaseUnfinished() {
    List<InboundLoan> dead = new ArrayList<>();
    synchronized (loans) {
      for (Iterator<InboundLoan> all = loans.iterator(); all.hasNext(); ) {
        InboundLoan loan = all.next();
        if (!loan.isComplete()) {
          all.remove();
          dead.add(loan);
        }
      }
    }
    release(dead);
  }

  /** Gives back what is left, once no thread of JeroMQ is there to write into it. */
  void releaseAll() {
    List<InboundLoan> left;
    synchronized (loans) {
      left = List.copyOf(loans);
      loans.clear();
    }
    release(left);
  }

  private static void release(List<InboundLoan> loans) {
    for (InboundLoan loan : loans) {
      loan.clear();
      loan.buffer().release();
    }
  }
}
