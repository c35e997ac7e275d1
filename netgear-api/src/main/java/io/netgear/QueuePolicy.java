package io.netgear;

/** What a receiver does when frames come faster than the application takes them. */
public enum QueuePolicy {
  /**
   * Frames wait until there is room, and the acknowledgement with them: the sender is held back and
   * no frame is lost. With a pattern that does not acknowledge, messages back up in the transport,
   * which drops by its own rules.
   */
  HOLD_BACK,
  /**
   * One frame waits at most, and it is always the newest: the application sees the present, not the
   * past.
   */
  NEWEST
}
