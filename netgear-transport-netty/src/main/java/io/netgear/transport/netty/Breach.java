package io.netgear.transport.netty;

/** A peer did what the protocol, or a limit, forbids: its connection ends. Has no stack trace. */
final class Breach extends Exception {
  private static final long serialVersionUID = 1L;

  /** {@code reason} goes on from "the peer was turned away:". */
  Breach(String reason) {
    super(reason, null, false, false);
  }
}
