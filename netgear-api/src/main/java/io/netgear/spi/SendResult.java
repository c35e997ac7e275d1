package io.netgear.spi;

/** What a link did with a message. */
public enum SendResult {
  /** Accepted; it is sent unless the connection or the link ends first. */
  SENT,
  /** Dropped because a queue was full, or because nobody subscribes. */
  DROPPED,
  /** Not accepted because no peer was connected until the deadline. */
  NO_PEER,
  /** Not accepted because there was no room until the deadline. */
  TIMED_OUT,
  /** Not accepted because the link was closed. */
  CLOSED
}
