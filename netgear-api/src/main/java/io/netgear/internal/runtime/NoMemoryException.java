package io.netgear.internal.runtime;

import io.netgear.FrameFormat;

/** There is no room for the pixels of a frame that a peer sent. */
final class NoMemoryException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String format;

  NoMemoryException(FrameFormat format, IllegalStateException cause) {
    super(cause.getMessage(), cause);
    this.format = format.toString();
  }

  /** For when the frame is to blame, and not the application. */
  String ofTheFrame() {
    return "There is no room for a frame of " + format + ": " + getMessage();
  }
}
