package io.netgear.transport.zmq;

import io.netgear.Peer;
import io.netgear.spi.BufferPool;
import io.netgear.spi.PooledBuffer;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import zmq.Msg;
import zmq.io.Metadata;
import zmq.msg.MsgAllocator;

/**
 * Where the parts that arrive get their memory: from the link's pool, small ones from the heap.
 *
 * <p>Called on the I/O thread, except for {@link #handOver}, {@link #giveBack} and {@link
 * #releaseAll}. Nothing is ever thrown from here into JeroMQ, which would lose its place in the
 * stream: a part for which the pool has no memory is read into a scratch buffer of its own, one a
 * link, and is dropped by the link as a whole message. Where there is no memory for that either,
 * the connection is ended, and made anew by whoever made it.
 *
 * <p>A length costs its sender nothing, so the parts that are still arriving share three quarters
 * of the pool, and none gets more than half of what is left of that: whoever announces much and
 * sends little shuts itself out, and not those whose frames are small.
 */
final class InboundMemory implements MsgAllocator {
  /** Parts up to this size stay on the heap. */
  static final int HEAP_BYTES = 2048;

  /** Most parts of the small sort are parts of an envelope. */
  private static final int ENVELOPE_BYTES = 64;

  /** Small parts of each sort that are kept to be used again. */
  private static final int SPARE = 16;

  /** Where the ciphertext begins in CURVE's messages, and in the last command to its client. */
  private static final int SEALED_MESSAGE = 16;

  private static final int SEALED_READY = 14;

  private static final long COLLECTION_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

  private final BufferPool pool;
  private final long maxMessageBytes;
  private final boolean envelopes;
  private final Runnable onActivity;
  private final SealedTraffic traffic;
  private final List<InboundLoan> loans = new ArrayList<>();
  private final ReferenceQueue<InboundMsg> dropped = new ReferenceQueue<>();
  private final List<Connection> connections = new ArrayList<>();
  private final ArrayDeque<InboundMsg> spareEnvelopes = new ArrayDeque<>(SPARE);
  private final ArrayDeque<InboundMsg> spareSmall = new ArrayDeque<>(SPARE);
  private ByteBuffer scratch = ByteBuffer.allocateDirect(0);

  /**
   * The least for which there was no memory outside of the pool; to try again takes the JVM long.
   */
  private int tooMuchScratch = Integer.MAX_VALUE;

  private Consumer<Peer> hangUp = peer -> {};
  private long unfinishedBytes;
  private long lastCollection = System.nanoTime() - COLLECTION_PAUSE_NS;
  private volatile boolean meetsOldPeers;

  InboundMemory(
      BufferPool pool,
      long maxMessageBytes,
      boolean envelopes,
      Runnable onActivity,
      SealedTraffic traffic) {
    this.traffic = traffic;
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
      InboundMsg msg = small(Math.max(size, 0));
      if (size < 0) {
        msg.doom(InboundMsg.Fate.TOO_LARGE);
      }
      return msg;
    }
    PooledBuffer buffer = hasShare(size) ? lend(size) : null;
    if (buffer == null) {
      askForLost();
      return unread(size);
    }
    InboundMsg msg = new InboundMsg(this, buffer.bytes());
    InboundLoan loan = new InboundLoan(msg, buffer, dropped);
    msg.lend(loan);
    unfinishedBytes += size;
    synchronized (loans) {
      loans.add(loan);
    }
    return msg;
  }

  private InboundMsg small(int size) {
    boolean envelope = size <= ENVELOPE_BYTES;
    InboundMsg msg;
    synchronized (loans) {
      msg = (envelope ? spareEnvelopes : spareSmall).pollLast();
    }
    if (msg == null) {
      msg = InboundMsg.small(this, envelope ? ENVELOPE_BYTES : HEAP_BYTES);
    }
    msg.begin(size);
    return msg;
  }

  /** Nobody reads {@code msg} any more. Any thread. */
  void useAgain(InboundMsg msg) {
    ArrayDeque<InboundMsg> same =
        msg.capacity() == ENVELOPE_BYTES
            ? spareEnvelopes
            : msg.capacity() == HEAP_BYTES ? spareSmall : null;
    synchronized (loans) {
      if (same != null && same.size() < SPARE) {
        same.addLast(msg);
      }
    }
  }

  private boolean hasShare(int size) {
    long left = pool.limitBytes() / 4 * 3 - unfinishedBytes;
    return unfinishedBytes == 0 || size <= left / 2;
  }

  private PooledBuffer lend(int size) {
    try {
      return pool.acquire(size);
    } catch (IllegalStateException e) {
      return null;
    }
  }

  /**
   * Has the collector look for parts that JeroMQ dropped with their connections, of which nothing
   * else tells. A heap with little on it may go without a collection for hours. JeroMQ's timers
   * keep a dead connection for some seconds.
   */
  private void askForLost() {
    long now = System.nanoTime();
    if (unfinishedBytes > 0 && now - lastCollection >= COLLECTION_PAUSE_NS) {
      lastCollection = now;
      System.gc();
    }
  }

  /** The part has arrived as a whole. On the I/O thread. */
  void complete(InboundLoan loan) {
    loan.complete();
    unfinishedBytes -= loan.size();
  }

  /**
   * CURVE has read {@code length} bytes, which begin at {@code from}, and is about to decrypt them.
   * On the I/O thread; may wait.
   *
   * @return whether it was the whole ciphertext of a message's part
   */
  boolean unsealing(int from, int length, boolean toTheEnd) {
    if (toTheEnd && from == SEALED_READY) {
      traffic.met();
    }
    boolean ofMessage = toTheEnd && from == SEALED_MESSAGE;
    if (ofMessage) {
      traffic.opening(length);
    }
    return ofMessage;
  }

  private void forgetUnfinished(InboundLoan loan) {
    if (!loan.isComplete()) {
      unfinishedBytes -= loan.size();
    }
  }

  private InboundMsg unread(int size) {
    if (!hasScratch(size)) {
      InboundMsg msg = small(0);
      msg.cutOff(size);
      return msg;
    }
    InboundMsg msg = new InboundMsg(this, scratch.slice(0, size));
    msg.doom(InboundMsg.Fate.NO_MEMORY);
    return msg;
  }

  private boolean hasScratch(int size) {
    if (scratch.capacity() >= size) {
      return true;
    }
    if (size >= tooMuchScratch) {
      return false;
    }
    try {
      scratch = ByteBuffer.allocateDirect(size);
      return true;
    } catch (OutOfMemoryError e) { // thrown into JeroMQ, it would end the I/O thread
      tooMuchScratch = size;
      return false;
    }
  }

  /** What ends a connection that has lost its place in the stream. */
  void onCutOff(Consumer<Peer> action) {
    hangUp = action;
  }

  /** Parts of this connection can no longer be told apart. */
  void hangUp(Connection connection) {
    connection.lose();
    hangUp.accept(connection.peer());
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
        forgetUnfinished((InboundLoan) lost);
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
    dead.forEach(this::forgetUnfinished);
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
