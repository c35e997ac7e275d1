package io.netgear.tunnel.ssh;

import io.netgear.TransportException;

/** No session with the SSH server came about. */
final class LoginException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final boolean forGood;

  /**
   * @param forGood whether trying again is of no use, or would even be wrong: a login that was
   *     refused, a server that is another
   */
  LoginException(boolean forGood, String message, Throwable cause) {
    super(message, cause);
    this.forGood = forGood;
  }

  boolean isForGood() {
    return forGood;
  }
}
