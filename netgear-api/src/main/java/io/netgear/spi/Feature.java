package io.netgear.spi;

/** What a pattern can do beyond carrying frames one way. */
public enum Feature {
  /**
   * The receiver answers each frame, so the sender knows what became of it and is held back by a
   * slow one.
   */
  ACKNOWLEDGES,
  /** Answers can carry data or a frame. */
  BIDIRECTIONAL,
  /** Several senders, each on its own port, to one receiver. */
  MULTI_SERVER,
  /** One sender to several receivers, each on its own port. */
  MULTI_CLIENT
}
