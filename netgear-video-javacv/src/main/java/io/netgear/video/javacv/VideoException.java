package io.netgear.video.javacv;

import io.netgear.NetGearException;

/**
 * A source of video cannot be opened or read, a recording cannot be written, or a window cannot be
 * shown. The message says which, why and what to do.
 */
public class VideoException extends NetGearException {
  private static final long serialVersionUID = 1L;

  /** With the words that a user reads. */
  public VideoException(String message) {
    super(message);
  }

  /** With the words that a user reads, and what led to it. */
  public VideoException(String message, Throwable cause) {
    super(message, cause);
  }
}
