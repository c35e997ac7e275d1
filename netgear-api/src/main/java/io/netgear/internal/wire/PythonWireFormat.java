package io.netgear.internal.wire;

import io.netgear.FrameFormat;
import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JsonGenerator;

/**
 * The wire of the Python peer, byte for byte, with our own numbers where it does not look
 * (docs/wire-format.md).
 *
 * <p>Immutable; any number of threads may use one. A receiver makes one of its own, for the name in
 * its acknowledgements.
 */
public final class PythonWireFormat implements WireFormat {
  private static final String NDARRAY = "ndarray";
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
    HeaderBytes bytes = new HeaderBytes();
    try (JsonGenerator out = Json.generator(bytes)) {
      requireShort("sender's name", header.senderId(), Extras.MAX_ID_CHARS);
      out.writeStartObject();
      writePort(out, header.port());
      out.writeName("terminate_flag");
      out.writeBoolean(false);
      writeCompression(out, header.encoding());
      out.writeName("message");
      JsonValueWriter.write(out, "message", header.message());
      out.writeName("pattern");
      out.writeString(header.pattern());
      writeArray(out, header.encoding(), "dtype", "shape");
      Extras.of(header).write(out);
      out.writeEndObject();
    } catch (RuntimeException e) {
      payload.release();
      throw e;
    }
    return Message.of(PooledBuffer.unpooled(bytes.buffer()), payload);
  }

  @Override
  public Message goodbye(Object port) {
    HeaderBytes bytes = new HeaderBytes();
    try (JsonGenerator out = Json.generator(bytes)) {
      out.writeStartObject();
      out.writeName("terminate_flag");
      out.writeBoolean(true);
      writePort(out, port);
      out.writeEndObject();
    }
    return Message.of(PooledBuffer.unpooled(bytes.buffer()));
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
    return Message.of(
        Acknowledgement.text(
            deviceId, answer.sequence(), answer.receivedMicros(), answer.answeredMicros()));
  }

  private static Message dataAnswer(Answer answer) {
    HeaderBytes bytes = new HeaderBytes();
    Extras extras = new Extras();
    extras.sequence = answer.sequence();
    extras.receivedMicros = answer.receivedMicros();
    extras.answeredMicros = answer.answeredMicros();
    try (JsonGenerator out = Json.generator(bytes)) {
      out.writeStartObject();
      writePort(out, answer.port());
      out.writeName("return_type");
      if (answer.payload() == null) {
        out.writeString(JsonValueWriter.pythonType(answer.data()));
      } else {
        out.writeString(NDARRAY);
        writeCompression(out, answer.encoding());
        writeArray(out, answer.encoding(), "array_dtype", "array_shape");
        extras.describe(answer.encoding());
      }
      out.writeName("data");
      JsonValueWriter.write(out, "data", answer.data());
      extras.write(out);
      out.writeEndObject();
    }
    PooledBuffer header = PooledBuffer.unpooled(bytes.buffer());
    return answer.payload() == null ? Message.of(header) : Message.of(header, answer.payload());
  }

  @Override
  public Message goodbyeAnswer(boolean multiServer) {
    return Message.of(multiServer ? GOODBYE_ANSWER_MULTI_SERVER : GOODBYE_ANSWER);
  }

  @Override
  public Message badMessageAnswer(AnswerStyle style, Object port) {
    return answer(
        new Answer(null, null, null, style == AnswerStyle.DATA ? port : null, -1, -1, -1), style);
  }

  private static void writePort(JsonGenerator out, Object port) {
    if (port != null) {
      out.writeName("port");
      JsonValueWriter.write(out, "port", port);
    }
  }

  private static void writeCompression(JsonGenerator out, Encoding encoding) {
    out.writeName("compression");
    if (encoding.isRaw()) {
      out.writeBoolean(false);
      return;
    }
    out.writeStartObject();
    out.writeName("dct");
    out.writeBoolean(encoding.fastDct());
    out.writeName("ups");
    out.writeBoolean(encoding.fastUpsample());
    out.writeName("colorspace");
    if (encoding.colorSpace() != null) {
      out.writeString(encoding.colorSpace().name());
    } else if (!encoding.format().equals(Encoding.JPEG)) {
      out.writeNull();
    } else {
      throw new IllegalArgumentException("A JPEG's encoding needs the colour space of its pixels.");
    }
    out.writeEndObject();
    requireShort("format's name", encoding.format(), Extras.MAX_FORMAT_CHARS);
  }

  private static void writeArray(
      JsonGenerator out, Encoding encoding, String dtypeKey, String shapeKey) {
    FrameFormat array = encoding.format().equals(Encoding.JPEG) ? null : encoding.array();
    if (array == null && encoding.isRaw()) {
      throw new IllegalArgumentException(
          "An uncompressed frame's encoding needs its element type and shape.");
    }
    out.writeName(dtypeKey);
    out.writeString(array == null ? "" : array.elementType().numpyName());
    out.writeName(shapeKey);
    if (array == null) {
      out.writeString("");
      return;
    }
    out.writeStartArray();
    for (int i = 0; i < array.dimensions(); i++) {
      out.writeNumber(array.dimension(i));
    }
    out.writeEndArray();
  }

  private static void requireShort(String what, String text, int maxChars) {
    if (text.length() > maxChars) {
      throw new IllegalArgumentException(
          "A "
              + what
              + " has at most "
              + maxChars
              + " characters, got "
              + text.length()
              + ": "
              + Excerpt.quoted(text));
    }
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
    boolean returnsFrame = header.returnType.equals(NDARRAY);
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
        extras.answeredMicros);
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
    return header.encoding(payloadBytes);
  }
}
