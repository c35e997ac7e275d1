package io.netgear.spi;

/**
 * How the two sides of a conversation behave: what the options say, as far as patterns care.
 *
 * @param returnsData whether answers carry data (bidirectional mode), so that each waits for the
 *     application
 * @param answerStyle how answers look
 * @param multiServer whether goodbyes carry ports
 * @param port this end's port where the mode puts it into messages, a String or a number; else null
 * @param requestTimeoutNs how long a sender waits for the answer to a frame
 * @param idleLimitNs after how long without any message a receiver counts a failure; 0 for never
 * @param maxRetries consecutive failures after which an end gives up; 0 for never
 */
public record Conduct(
    boolean returnsData,
    WireFormat.AnswerStyle answerStyle,
    boolean multiServer,
    Object port,
    long requestTimeoutNs,
    long idleLimitNs,
    int maxRetries) {}
