package io.netgear.cli;

/** A stream that was running, or should have been, came to a bad end. */
final class StreamFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Ended ended;

  StreamFailure(Ended ended, String message, Throwable cause) {
    super(message, cause);
    this.ended = ended;
  }

  Ended ended() {
    return ended;
  }
}
