package io.netgear.spi;

/** The part that a link plays, after the socket types of ZeroMQ (RFC 28 to 31). */
public enum LinkRole {
  /** One peer, both directions. */
  PAIR,
  /** Sends a message, then receives its reply. Several peers are asked in turn. */
  REQUEST,
  /** Receives a message, then replies to its sender. */
  REPLY,
  /** Sends to every subscriber there is; drops for those that are slow. */
  PUBLISH,
  /** Receives what is published. */
  SUBSCRIBE,
  /** Sends each message to one of its peers in turn. */
  PUSH,
  /** Receives from all its peers, fairly. */
  PULL;

  /** Whether links of this role send first. */
  public boolean sends() {
    return this == PAIR || this == REQUEST || this == PUBLISH || this == PUSH;
  }

  /** Whether links of this role receive first. */
  public boolean receives() {
    return this == PAIR || this == REPLY || this == SUBSCRIBE || this == PULL;
  }
}
