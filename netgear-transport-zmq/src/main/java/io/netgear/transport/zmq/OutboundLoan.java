package io.netgear.transport.zmq;

import io.netgear.spi.PooledBuffer;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A buffer on its way out: how many queues took it, and the views through which engines write it.
 *
 * <p>JeroMQ tells nobody when it has sent a message. But an engine writes from the very buffer
 * object that {@link OutboundMsg#buf} gave it, so that this object's position says how far it got.
 * It is looked at by the I/O thread alone, which is the one that moves it. An engine holds on to
 * the message as long as it writes it. Guarded by the owning {@link OutboundMemory}.
 */
final class OutboundLoan extends WeakReference<OutboundMsg> {
  private PooledBuffer buffer;
  private int queues;
  private boolean offered;
  private int begun;
  private int finished;
  private ByteBuffer[] views = new ByteBuffer[1];
  private boolean takenBack;

  OutboundLoan(OutboundMsg msg, ReferenceQueue<OutboundMsg> lost) {
    super(msg, lost);
  }

  /** Begins anew, with a buffer that it owns. */
  void hold(PooledBuffer owned) {
    buffer = owned;
    queues = 0;
    offered = false;
    begun = 0;
    finished = 0;
  }

  PooledBuffer buffer() {
    return buffer;
  }

  /** Lets go of the memory; the buffer is the caller's. */
  PooledBuffer letGo() {
    PooledBuffer was = buffer;
    buffer = null;
    Arrays.fill(views, null);
    return was;
  }

  /**
   * Whoever lent the memory wants it back now.
   *
   * @return what engines write from
   */
  List<ByteBuffer> takeBack() {
    takenBack = true;
    return List.of(Arrays.copyOf(views, begun));
  }

  boolean isTakenBack() {
    return takenBack;
  }

  /** One queue more holds the message. */
  void queued() {
    queues++;
  }

  /** No further queue will take it; answers how many did. */
  int offered() {
    offered = true;
    return queues;
  }

  boolean isOffered() {
    return offered;
  }

  void writing(ByteBuffer view) {
    if (begun == views.length) {
      views = Arrays.copyOf(views, begun + 4);
    }
    views[begun++] = view;
  }

  /** Whether every queue's engine has written all of it. On the I/O thread. */
  boolean written() {
    while (finished < begun && !views[finished].hasRemaining()) {
      finished++;
    }
    return offered && finished >= queues;
  }
}
