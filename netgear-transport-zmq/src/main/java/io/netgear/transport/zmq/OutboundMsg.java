package io.netgear.transport.zmq;

import java.nio.ByteBuffer;
import zmq.Msg;

/** One part that is sent from where it lies. */
final class OutboundMsg extends Msg {
  private final OutboundMemory memory;
  private final ByteBuffer bytes;
  private OutboundLoan loan;

  /**
   * @param bytes from position 0 to limit, which must be the capacity: the encoder widens the limit
   *     of a large message to it
   */
  OutboundMsg(OutboundMemory memory, ByteBuffer bytes) {
    super(bytes);
    this.memory = memory;
    this.bytes = bytes;
  }

  void lend(OutboundLoan loan) {
    this.loan = loan;
  }

  OutboundLoan loan() {
    return loan;
  }

  /** What an engine writes from: one view for each engine, remembered to see when it is done. */
  @Override
  public ByteBuffer buf() {
    ByteBuffer view = bytes.duplicate();
    if (loan != null && memory.onIoThread()) {
      memory.writing(loan, view);
    }
    return view;
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
