package io.netgear.spi;

/**
 * How the two sides of a conversation behave: what the options say, as far as patterns care.
 *
 * @param returnsData whether answers carry data (bidirectional mode), so that each waits for the
 *     application
 * @param answerStyle how answers look
 * @param multiServer whether there are several senders to one receiver: frames and goodbyes carry
 *     their sender's port, and the stream ends with the last of them
 * @param port this end's port where the mode puts it into messages, a String or a number; else null
 * @param broadcast whether a sender to several receivers gives each frame to all of them, instead
 *     of to one in turn; see {@link Pattern#sending(java.util.List)}
 * @param window frames that a sender of a pattern with one peer may have on their way without an
 *     answer, at least 1; a pattern that does not offer more takes it as 1
 * @param requestTimeoutNs how long a sender waits for the answer to a frame
 * @param idleLimitNs after how long without any message a receiver counts a failure; 0 for never
 * @param maxRetries consecutive failures after which an end gives up; 0 for never
 * @param life which life of a sender this is, for its goodbye: the number in its frames ({@link
 *     FrameHeader#life}); -1 for none
 */
public record Conduct(
    boolean returnsData,
    WireFormat.AnswerStyle answerStyle,
    boolean multiServer,
    Object port,
    boolean broadcast,
    int window,
    long requestTimeoutNs,
    long idleLimitNs,
    int maxRetries,
    long life) {
  /** Of an end that does not say which life this is. */
  public Conduct(
      boolean returnsData,
      WireFormat.AnswerStyle answerStyle,
      boolean multiServer,
      Object port,
      boolean broadcast,
      int window,
      long requestTimeoutNs,
      long idleLimitNs,
      int maxRetries) {
    this(
        returnsData,
        answerStyle,
        multiServer,
        port,
        broadcast,
        window,
        requestTimeoutNs,
        idleLimitNs,
        maxRetries,
        -1);
  }

  /** Of one receiver, or of several in turn, with one frame at a time. */
  public Conduct(
      boolean returnsData,
      WireFormat.AnswerStyle answerStyle,
      boolean multiServer,
      Object port,
      long requestTimeoutNs,
      long idleLimitNs,
      int maxRetries) {
    this(
        returnsData,
        answerStyle,
        multiServer,
        port,
        false,
        1,
        requestTimeoutNs,
        idleLimitNs,
        maxRetries);
  }
}
