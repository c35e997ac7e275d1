package io.netgear.internal.wire;

import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * The wire of the Python peer, byte for byte, with our own numbers where it does not look
 * (docs/wire-format.md).
 *
 * <p>Any number of threads may use one, but it keeps what a single thread needs to work without
 * garbage: each end makes one of its own. A receiver needs that for the name in its
 * acknowledgements too.
 */
public final class PythonWireFormat implements WireFormat {
  private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int ID_LENGTH = 8;
  private static final byte[] GOODBYE_ANSWER =
      ascii("Termination signal successfully received at Client's end!");
  private static final byte[] GOODBYE_ANSWER_MULTI_SERVER =
      ascii("Termination signal successfully received at client!");

  private final String deviceId;

  // Each is taken out by whoever uses it, and made anew by whoever finds none.
  private final AtomicReference<HeaderReader> reader = new AtomicReference<>();
  private final AtomicReference<HeaderWriter> writer = new AtomicReference<>();
  private final AtomicReference<HeaderBytes> spareBytes = new AtomicReference<>();

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
      return Message.of(written((out, bytes) -> out.frame(header, bytes)), payload);
    } catch (RuntimeException | Error e) {
      payload.release();
      throw e;
    }
  }

  @Override
  public Message goodbye(Object port, long life) {
    return Message.of(written((out, bytes) -> out.goodbye(port, life, bytes)));
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
    } catch (RuntimeException | Error e) {
      answer.release();
      throw e;
    }
    HeaderBytes text = HeaderBytes.from(spareBytes);
    Acknowledgement.write(deviceId, answer, text);
    return Message.of(text.part());
  }

  private Message dataAnswer(Answer answer) {
    PooledBuffer header = written((out, bytes) -> out.answer(answer, bytes));
    return answer.payload() == null ? Message.of(header) : Message.of(header, answer.payload());
  }

  private PooledBuffer written(BiConsumer<HeaderWriter, HeaderBytes> what) {
    HeaderWriter kept = writer.getAndSet(null);
    HeaderWriter out = kept == null ? new HeaderWriter() : kept;
    HeaderBytes bytes = HeaderBytes.from(spareBytes);
    try {
      what.accept(out, bytes);
    } catch (RuntimeException | Error e) {
      out.close();
      throw e;
    }
    writer.set(out);
    return bytes.part();
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
    return read(message, PythonWireFormat::incoming);
  }

  private static Incoming incoming(Header header, Message message) {
    if (header.terminate) {
      return new Incoming.Goodbye(header.port, header.extras.life);
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
            extras.clockOffsetMicros,
            extras.life),
        message.retainPart(1));
  }

  @Override
  public Answer parseAnswer(Message message, AnswerStyle style) {
    if (style == AnswerStyle.PLAIN) {
      return Acknowledgement.parse(message.part(0));
    }
    requireParts(message, "an answer has a header, and a payload where it returns a frame");
    return read(message, PythonWireFormat::dataAnswer);
  }

  private <T> T read(Message message, BiFunction<Header, Message, T> understand) {
    HeaderReader kept = reader.getAndSet(null);
    HeaderReader in = kept == null ? new HeaderReader() : kept;
    try {
      return understand.apply(in.read(message.part(0)), message);
    } finally {
      in.forget();
      reader.set(in);
    }
  }

  private static Answer dataAnswer(Header header, Message message) {
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

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
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
