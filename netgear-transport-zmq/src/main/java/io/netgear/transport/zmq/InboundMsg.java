package io.netgear.transport.zmq;

import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * One received part. The connection's thread fills it and takes it through {@link #setMetadata}
 * once it is complete, which is where it is weighed; then it is handed to the link's thread by a
 * queue of JeroMQ's. A small part is used again for another once the link is done with it.
 */
final class InboundMsg extends Msg {
  /** What became of a part's bytes. */
  enum Fate {
    /** They are there. */
    KEPT,
    /** The part was one too many and its bytes were thrown away. */
    EXCESS,
    /** The message was larger than allowed, all parts together. */
    TOO_LARGE,
    /** The pool had no memory for them. */
    NO_MEMORY
  }

  private final InboundMemory memory;

  /**
   * {@link #size} bytes from {@link #start}: filled by the connection's thread, then read by the
   * link's.
   */
  private final ByteBuffer bytes;

  private final int start;
  private final Consumer<PooledBuffer> giveBack;
  private int size;
  private boolean filling;
  private InboundLoan loan;
  private Connection from;
  private boolean swallowed;
  private boolean cutOff;
  private int announced;
  private Fate fate;

  /** A small part on the heap, of up to {@code capacity} bytes; to {@link #begin}. */
  static InboundMsg small(InboundMemory memory, int capacity) {
    return new InboundMsg(memory, ByteBuffer.allocate(capacity));
  }

  /** A part in pooled memory, or in memory that no one will read: all of {@code bytes}. */
  InboundMsg(InboundMemory memory, ByteBuffer bytes) {
    super(bytes);
    this.memory = memory;
    this.bytes = bytes;
    this.start = bytes.position();
    this.giveBack = buffer -> memory.useAgain(this);
    begin(bytes.remaining());
  }

  /** Begins anew, with a part of {@code size} bytes. */
  void begin(int size) {
    this.size = size;
    frame();
    filling = true;
    from = null;
    swallowed = false;
    cutOff = false;
    announced = -1;
    fate = Fate.KEPT;
    resetFlags(~0);
    super.setMetadata(null);
  }

  private ByteBuffer frame() {
    return bytes.limit(start + size).position(start);
  }

  int capacity() {
    return bytes.capacity();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public byte[] data() {
    byte[] copy = new byte[size];
    bytes.get(start, copy);
    return copy;
  }

  /** The first to ask is the decoder, which fills it. */
  @Override
  public ByteBuffer buf() {
    if (filling) {
      filling = false;
      return bytes;
    }
    return bytes.duplicate().limit(start + size).position(start);
  }

  void lend(InboundLoan loan) {
    this.loan = loan;
  }

  void doom(Fate fate) {
    this.fate = fate;
  }

  /**
   * There is no memory to read the part's {@code bytes} into: the message and its stream end here.
   */
  void cutOff(int bytes) {
    cutOff = true;
    announced = bytes;
    fate = Fate.NO_MEMORY;
  }

  /** How many bytes the part has, there or not. */
  int announced() {
    return announced < 0 ? size() : announced;
  }

  /**
   * Also how parts are kept out of the queue, because the engine queues no commands: those of peers
   * that speak a ZMTP older than 3 and so never get metadata, and those that were swallowed.
   */
  @Override
  public boolean isCommand() {
    if (from == null && memory.meetsOldPeers()) {
      return true;
    }
    return swallowed || super.isCommand();
  }

  /** Called by the engine once a part is complete, before it is queued. */
  @Override
  public Msg setMetadata(Metadata metadata) {
    if (metadata != null && from == null) {
      from = memory.connection(metadata);
      if (loan != null) {
        memory.complete(loan);
      }
      if (cutOff) {
        resetFlags(MORE);
        memory.hangUp(from);
      } else if (super.isCommand() || from.isLost()) {
        swallowed = true;
        dropBytes();
      } else {
        weigh();
      }
    }
    return super.setMetadata(metadata);
  }

  /**
   * Also how CURVE takes the ciphertext, in order to decrypt it into memory of its own, after which
   * nobody reads this part again.
   */
  @Override
  public void transfer(ByteBuffer destination, int from, int length) {
    super.transfer(destination, from, length);
    if (memory.unsealing(from, length, from + length == size()) && loan != null) {
      memory.complete(loan);
      dropBytes();
    }
  }

  private void weigh() {
    Fate weighed = from.weigh(size(), hasMore(), memory.maxMessageBytes());
    if (weighed != Fate.KEPT) {
      swallowed = hasMore();
      fate = weighed;
      dropBytes();
    }
  }

  private void dropBytes() {
    InboundLoan held = loan;
    loan = null;
    if (held != null) {
      memory.giveBack(held);
    }
  }

  Fate fate() {
    return fate;
  }

  /** Where it came from; null for a part that never was weighed. */
  Connection from() {
    return from;
  }

  /** The bytes, which the caller owns from now on; null when they are small and on the heap. */
  PooledBuffer take() {
    InboundLoan held = loan;
    loan = null;
    if (held == null) {
      return null;
    }
    frame();
    return memory.handOver(held);
  }

  /** The bytes of a small part, which the caller owns from now on. */
  PooledBuffer takeSmall() {
    return new PooledBuffer(frame().order(ByteOrder.LITTLE_ENDIAN), giveBack);
  }

  /** The link is done with the part, of which it took nothing: its bytes are free. */
  void done() {
    dropBytes();
    memory.useAgain(this);
  }
}
