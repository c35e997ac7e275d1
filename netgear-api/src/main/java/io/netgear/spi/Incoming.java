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
   */
  record Goodbye(Object port) implements Incoming {}
}
