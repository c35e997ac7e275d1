package io.netgear.spi;

/** What a receiver understood of a message. */
public sealed interface Incoming {
  /**
   * A frame. Whoever holds this owns {@code payload}.
   *
   * @param header what is said about it
   * @param payload its bytes
   */
  record FrameArrived(FrameHeader header, PooledBuffer payload) implements Incoming {}

  /**
   * The sender will send no more.
   *
   * @param port its port in multi-server mode, a String or an Integer; else null
   * @param life which life of the sender ends, as in its frames; -1 when unknown
   */
  record Goodbye(Object port, long life) implements Incoming {
    /** Of a sender that does not say which life this is. */
    public Goodbye(Object port) {
      this(port, -1);
    }
  }
}
