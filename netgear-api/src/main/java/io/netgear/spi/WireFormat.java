package io.netgear.spi;

import io.netgear.WireFormatException;

/**
 * How headers, payloads, acknowledgements, returned data and goodbyes are spelled as messages.
 * Stateless, thread-safe.
 *
 * <p>There is one implementation, that of the Python peer with keys of our own
 * (docs/wire-format.md). JSON lives here and nowhere else.
 */
public interface WireFormat {
  /** How answers look: the same for all answers of a stream. */
  enum AnswerStyle {
    /** One part of text that a Python peer does not look at. */
    PLAIN,
    /** JSON, and a second part for a returned frame: bidirectional and multi-client modes. */
    DATA
  }

  /** A frame's message; owns {@code payload}. */
  Message frame(FrameHeader header, PooledBuffer payload);

  /**
   * The last message of a sender.
   *
   * @param port its port in multi-server mode, a String or a number; else null
   * @param life which life of the sender ends, as in {@link FrameHeader#life}; -1 to leave it out
   */
  Message goodbye(Object port, long life);

  /**
   * An answer's message; owns its payload. With {@link AnswerStyle#PLAIN} data and payload must be
   * absent.
   */
  Message answer(Answer answer, AnswerStyle style);

  /** What a receiver says to a goodbye. */
  Message goodbyeAnswer(boolean multiServer);

  /**
   * What a receiver says to a message that it could not read, where the pattern needs an answer: an
   * acknowledgement that names no frame.
   *
   * @param port the receiver's port in multi-client mode, without which a Python sender fails; else
   *     null
   */
  Message badMessageAnswer(AnswerStyle style, Object port);

  /**
   * Reads what came to a receiver. The message stays the caller's; a payload in the result is
   * retained on its own.
   *
   * @throws WireFormatException saying what is wrong with it, for anything that is no frame and no
   *     goodbye
   */
  Incoming parse(Message message) throws WireFormatException;

  /**
   * Reads what came to a sender as an answer. The message stays the caller's; a payload in the
   * result is retained on its own.
   *
   * @throws WireFormatException saying what is wrong with it
   */
  Answer parseAnswer(Message message, AnswerStyle style) throws WireFormatException;
}
