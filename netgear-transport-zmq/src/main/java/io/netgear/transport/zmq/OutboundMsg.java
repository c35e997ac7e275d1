package io.netgear.transport.zmq;

import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import zmq.Msg;

/** One part that is sent from where it lies; used again for another once it is written. */
final class OutboundMsg extends Msg {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int NONE = -1;

  private final OutboundMemory memory;
  private final OutboundLoan loan;
  private ByteBuffer bytes = NOTHING;
  private boolean loaded;
  private volatile boolean takenBack;

  /** Size of the view that an engine has just got and not asked the size of. The I/O thread's. */
  private int given = NONE;

  OutboundMsg(OutboundMemory memory, ReferenceQueue<OutboundMsg> lost) {
    super(NOTHING);
    this.memory = memory;
    this.loan = new OutboundLoan(this, lost);
  }

  /**
   * Begins anew.
   *
   * @param slice from position 0 to limit, which must be the capacity: the encoder widens the limit
   *     of a large message to it
   */
  void hold(ByteBuffer slice) {
    bytes = slice;
    loaded = false;
    given = NONE;
    resetFlags(~0);
  }

  /** Lets go of the memory. */
  void letGo() {
    bytes = NOTHING;
  }

  /** JeroMQ still holds the part, but its memory is gone. Never used again. */
  void takeBack() {
    takenBack = true;
  }

  OutboundLoan loan() {
    return loan;
  }

  /**
   * Engines ask first to announce it, and again right after {@link #buf}: then it is the size of
   * what they got there, though it may be taken back in between. To write less than was announced
   * would have the next message taken for the rest.
   */
  @Override
  public int size() {
    if (given != NONE && memory.onIoThread()) {
      int size = given;
      given = NONE;
      return size;
    }
    return takenBack ? 0 : bytes.capacity();
  }

  /** What an engine writes from: one view for each engine, remembered to see when it is done. */
  @Override
  public ByteBuffer buf() {
    if (!memory.onIoThread()) {
      return bytes.duplicate().clear();
    }
    ByteBuffer view = loaded ? bytes.duplicate().clear() : bytes;
    loaded = true;
    ByteBuffer got = memory.writing(loan, view) ? view : NOTHING.duplicate();
    given = got.capacity();
    return got;
  }

  @Override
  public byte[] data() {
    byte[] copy = new byte[bytes.capacity()];
    bytes.get(0, copy);
    return copy;
  }

  @Override
  public void transfer(ByteBuffer destination, int offset, int length) {
    destination.put(bytes.duplicate().limit(offset + length).position(offset));
  }

  /** Asked once by every queue that takes the message, on the sending thread. */
  @Override
  public boolean isIdentity() {
    if (!memory.onIoThread()) {
      memory.queued(loan);
    }
    return false;
  }
}
