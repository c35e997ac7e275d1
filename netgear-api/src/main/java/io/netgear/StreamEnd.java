package io.netgear;

/** Why no further frame will come to a receiver. */
public enum StreamEnd {
  /** The sender said goodbye (in multi-server mode: all of them). */
  GOODBYE,
  /** Nothing arrived for three request timeouts, as many times in a row as retries were allowed. */
  IDLE,
  /** This end was closed. */
  CLOSED,
  /** The link or its thread failed; the cause is thrown by {@code recv}. */
  FAILED
}
