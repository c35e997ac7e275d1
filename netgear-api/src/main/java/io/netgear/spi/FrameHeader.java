package io.netgear.spi;

/**
 * What is said about a frame besides its payload. Immutable.
 *
 * @param encoding how the payload was made
 * @param message the application's JSON value; null for none
 * @param pattern the pattern's Python number or its name; empty when the peer does not say
 * @param port the sender's port in multi-server mode, a String or an Integer as it was given; else
 *     null
 * @param sequence the sender's number of the frame, from 0; -1 when unknown
 * @param sentMicros when {@code send} was called, microseconds since 1970 on the sender's clock; -1
 *     when unknown
 * @param senderId the sender's name; empty when unknown
 * @param clockOffsetMicros the receiver's clock minus the sender's, as the sender estimates it;
 *     {@link #UNKNOWN_OFFSET} when it has no estimate
 * @param life which life of the sender this is: when it was opened, microseconds since 1970 on its
 *     own clock; -1 when unknown
 */
public record FrameHeader(
    Encoding encoding,
    Object message,
    String pattern,
    Object port,
    long sequence,
    long sentMicros,
    String senderId,
    long clockOffsetMicros,
    long life) {
  /** No estimate of the clocks' difference. */
  public static final long UNKNOWN_OFFSET = Long.MIN_VALUE;

  /** Of a sender that does not say which life this is. */
  public FrameHeader(
      Encoding encoding,
      Object message,
      String pattern,
      Object port,
      long sequence,
      long sentMicros,
      String senderId,
      long clockOffsetMicros) {
    this(encoding, message, pattern, port, sequence, sentMicros, senderId, clockOffsetMicros, -1);
  }
}
