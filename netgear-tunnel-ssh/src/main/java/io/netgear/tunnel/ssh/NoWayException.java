package io.netgear.tunnel.ssh;

/** The SSH server did not open a way to the target. Reasons are those of RFC 4254, 5.1. */
final class NoWayException extends Exception {
  static final int UNKNOWN = -1;
  static final int SESSION_OVER = 0;
  private static final int PROHIBITED = 1;

  private static final long serialVersionUID = 1L;

  private final int reason;

  NoWayException(int reason, Throwable cause) {
    super(cause.getMessage(), cause);
    this.reason = reason;
  }

  /** Whether the server never will: its settings forbid it. */
  boolean isForbidden() {
    return reason == PROHIBITED;
  }

  /** Whether the session ended, rather than the way being refused. */
  boolean isSessionOver() {
    return reason == SESSION_OVER;
  }
}
