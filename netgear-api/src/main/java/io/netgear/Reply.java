package io.netgear;

import java.util.Objects;

/**
 * What a receiver returns for a frame in bidirectional mode: nothing, a JSON value, or a frame.
 *
 * <p>A frame in a reply is read while {@code recv} runs, and free again when it returns.
 */
public final class Reply {
  private static final Reply NONE = new Reply(null, null);

  private final Object data;
  private final Frame frame;

  private Reply(Object data, Frame frame) {
    this.data = data;
    this.frame = frame;
  }

  /** Nothing: the frame is acknowledged, no more. */
  public static Reply none() {
    return NONE;
  }

  /**
   * A JSON value: String, Number, Boolean, Map with String keys, List, arrays of those; null is
   * {@link #none()}.
   */
  public static Reply data(Object data) {
    if (data instanceof Frame) {
      throw new IllegalArgumentException("A frame is returned with Reply.frame, not as data.");
    }
    return data == null ? NONE : new Reply(data, null);
  }

  /** A frame, compressed with the receiver's own settings. */
  public static Reply frame(Frame frame) {
    return new Reply(null, Objects.requireNonNull(frame, "frame"));
  }

  /** The value, or null. */
  public Object data() {
    return data;
  }

  /** The frame, or null. */
  public Frame frame() {
    return frame;
  }
}
