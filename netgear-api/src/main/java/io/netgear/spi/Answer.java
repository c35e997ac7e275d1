package io.netgear.spi;

/**
 * What a receiver says to a frame: an acknowledgement, with data or a frame in bidirectional mode.
 * Whoever holds it owns {@code payload}.
 *
 * @param data the JSON value returned; null for none
 * @param encoding how {@code payload} was made; null when no frame is returned
 * @param payload a returned frame's bytes; null when there is none
 * @param port the receiver's port in multi-client mode, a String or a number as it was given; else
 *     null
 * @param sequence the number of the frame that this answers; -1 when the peer does not say
 * @param receivedMicros when the frame had arrived, on the receiver's clock; -1 when unknown
 * @param answeredMicros when the answer left, on the receiver's clock; -1 when unknown
 * @param leaving whether the receiver is closing: it did not take this frame and takes no more
 */
public record Answer(
    Object data,
    Encoding encoding,
    PooledBuffer payload,
    Object port,
    long sequence,
    long receivedMicros,
    long answeredMicros,
    boolean leaving) {
  /** Of a receiver that stays. */
  public Answer(
      Object data,
      Encoding encoding,
      PooledBuffer payload,
      Object port,
      long sequence,
      long receivedMicros,
      long answeredMicros) {
    this(data, encoding, payload, port, sequence, receivedMicros, answeredMicros, false);
  }

  /** An acknowledgement without data. */
  public static Answer acknowledgement(long sequence, long receivedMicros, long answeredMicros) {
    return new Answer(null, null, null, null, sequence, receivedMicros, answeredMicros);
  }

  /** A farewell: the frame was not taken, and no other will be. */
  public static Answer farewell(Object port, long sequence) {
    return new Answer(null, null, null, port, sequence, -1, -1, true);
  }

  /** Gives a returned frame's bytes back. */
  public void release() {
    if (payload != null) {
      payload.release();
    }
  }
}
