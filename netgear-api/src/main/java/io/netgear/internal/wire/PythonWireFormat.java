package io.netgear.internal.wire;

import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The wire of the Python peer, byte for byte, with our own numbers where it does not look
 * (docs/wire-format.md).
 *
 * <p>Immutable; any number of threads may use one. A receiver makes one of its own, for the name in
 * its acknowledgements.
 */
public final class PythonWireFormat implements WireFormat {
  private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int ID_LENGTH = 8;
  private static final byte[] GOODBYE_ANSWER =
      Acknowledgement.ascii("Termination signal successfully received at Client's end!");
  private static final byte[] GOODBYE_ANSWER_MULTI_SERVER =
      Acknowledgement.ascii("Termination signal successfully received at client!");

  private final String deviceId;

  /** With a random name in acknowledgements, as the Python peer has it. */
  public PythonWireFormat() {
    this(randomId());
  }

  /** With {@code deviceId} in acknowledgements, 8 characters A-Z and 0-9. */
  public PythonWireFormat(String deviceId) {
    if (!deviceId.matches("[A-Z0-9]{8}")) {
      throw new IllegalArgumentException(
          "A device id has 8 characters A-Z and 0-9, got " + Excerpt.quoted(deviceId) + ".");
    }
    this.deviceId = deviceId;
  }

  private static String randomId() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_CHARACTERS.charAt(ThreadLocalRandom.current().nextInt(ID_CHARACTERS.length())));
    }
    return id.toString();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the message is no JSON value or too large, when an
   *     uncompressed frame has no array format, or when a name is too long; the payload is released
   *     then
   */
  @Override
  public Message frame(FrameHeader header, PooledBuffer payload) {
    try {
      return Message.of(PooledBuffer.unpooled(HeaderWriter.frame(header)), payload);
    } catch (RuntimeException e) {
      payload.release();
      throw e;
    }
  }

  @Override
  public Message goodbye(Object port) {
    return Message.of(PooledBuffer.unpooled(HeaderWriter.goodbye(port)));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when its data is no JSON value or too large, or when the style
   *     has no place for it; the payload is released then
   */
  @Override
  public Message answer(Answer answer, AnswerStyle style) {
    try {
      if (answer.data() != null && answer.payload() != null) {
        throw new IllegalArgumentException("An answer carries data or a frame, not both.");
      }
      if (style == AnswerStyle.DATA) {
        return dataAnswer(answer);
      }
      if (answer.data() != null || answer.payload() != null) {
        throw new IllegalArgumentException(
            "A plain acknowledgement carries neither data nor a frame: that takes bidirectional mode.");
      }
    } catch (RuntimeException e) {
      answer.release();
      throw e;
    }
    return Message.of(Acknowledgement.text(deviceId, answer));
  }

  private static Message dataAnswer(Answer answer) {
    PooledBuffer header = PooledBuffer.unpooled(HeaderWriter.answer(answer));
    return answer.payload() == null ? Message.of(header) : Message.of(header, answer.payload());
  }

  @Override
  public Message goodbyeAnswer(boolean multiServer) {
    return Message.of((multiServer ? GOODBYE_ANSWER_MULTI_SERVER : GOODBYE_ANSWER).clone());
  }

  @Override
  public Message badMessageAnswer(AnswerStyle style, Object port) {
    return answer(
        new Answer(null, null, null, style == AnswerStyle.DATA ? port : null, -1, -1, -1), style);
  }

  @Override
  public Incoming parse(Message message) {
    requireParts(message, "a frame has a header and a payload, a goodbye a header alone");
    Header header = Header.parse(message.part(0));
    if (header.terminate) {
      return new Incoming.Goodbye(header.port);
    }
    Encoding encoding = encoding(header, message, "frame");
    Extras extras = header.extras;
    return new Incoming.FrameArrived(
        new FrameHeader(
            encoding,
            header.message,
            header.pattern,
            header.port,
            extras.sequence,
            extras.sentMicros,
            extras.senderId,
            extras.clockOffsetMicros),
        message.retainPart(1));
  }

  @Override
  public Answer parseAnswer(Message message, AnswerStyle style) {
    if (style == AnswerStyle.PLAIN) {
      return Acknowledgement.parse(message.part(0));
    }
    requireParts(message, "an answer has a header, and a payload where it returns a frame");
    Header header = Header.parse(message.part(0));
    if (header.returnType == null) {
      throw new WireFormatException(
          "The key 'return_type' is missing: expected the Python type of an answer's data, such as NoneType.");
    }
    Extras extras = header.extras;
    boolean returnsFrame = header.returnType.equals(HeaderWriter.NDARRAY);
    if (!returnsFrame && message.parts() > 1) {
      throw new WireFormatException(
          "An answer with the 'return_type' "
              + Excerpt.quoted(header.returnType)
              + " has a second part: expected one.");
    }
    return new Answer(
        returnsFrame ? null : header.data,
        returnsFrame ? encoding(header, message, "returned frame") : null,
        returnsFrame ? message.retainPart(1) : null,
        header.port,
        extras.sequence,
        extras.receivedMicros,
        extras.answeredMicros,
        extras.leaving);
  }

  private static void requireParts(Message message, String expected) {
    if (message.parts() > 2) {
      throw new WireFormatException(
          "The message has " + message.parts() + " parts: " + expected + ".");
    }
  }

  private static Encoding encoding(Header header, Message message, String what) {
    if (message.parts() < 2) {
      throw new WireFormatException(
          "The message has one part: the second, with the " + what + "'s bytes, is missing.");
    }
    int payloadBytes = message.part(1).remaining();
    if (payloadBytes == 0) {
      throw new WireFormatException(
          "The message's second part is empty: expected the " + what + "'s bytes.");
    }
    return header.payload.encoding(payloadBytes, header.extras);
  }
}
