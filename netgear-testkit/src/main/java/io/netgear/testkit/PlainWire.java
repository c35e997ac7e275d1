package io.netgear.testkit;

import io.netgear.ElementType;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A wire format that a person can read, for tests of patterns: a first part of {@code name=value}
 * lines, and the payload as a second part. Nobody else speaks it. Stateless, thread-safe.
 *
 * <p>Values are text, whole numbers and booleans; that is all that pattern tests send.
 */
public final class PlainWire implements WireFormat {
  private static final String FRAME = "frame";
  private static final String GOODBYE = "goodbye";
  private static final String ANSWER = "answer";

  /** Knows nothing to be told. */
  public PlainWire() {}

  @Override
  public Message frame(FrameHeader header, PooledBuffer payload) {
    PlainLines lines = new PlainLines(FRAME);
    putEncoding(lines, header.encoding());
    lines.put("message", header.message());
    lines.put("pattern", header.pattern());
    lines.put("port", header.port());
    lines.put("sequence", header.sequence());
    lines.put("sent", header.sentMicros());
    lines.put("sender", header.senderId());
    lines.put("offset", header.clockOffsetMicros());
    lines.put("life", header.life());
    return Message.of(lines.toPart(), payload);
  }

  @Override
  public Message goodbye(Object port, long life) {
    PlainLines lines = new PlainLines(GOODBYE);
    lines.put("port", port);
    lines.put("life", life);
    return Message.of(lines.toPart());
  }

  @Override
  public Message answer(Answer answer, AnswerStyle style) {
    boolean hasData = answer.data() != null || answer.payload() != null;
    if (style == AnswerStyle.PLAIN && hasData) {
      answer.release();
      throw new IllegalArgumentException("A plain answer carries no data.");
    }
    PlainLines lines = new PlainLines(ANSWER);
    lines.put("data", answer.data());
    lines.put("port", answer.port());
    lines.put("sequence", answer.sequence());
    lines.put("received", answer.receivedMicros());
    lines.put("answered", answer.answeredMicros());
    if (answer.payload() == null) {
      return Message.of(lines.toPart());
    }
    putEncoding(lines, answer.encoding());
    return Message.of(lines.toPart(), answer.payload());
  }

  @Override
  public Message goodbyeAnswer(boolean multiServer) {
    return answer(Answer.acknowledgement(-1, -1, -1), AnswerStyle.PLAIN);
  }

  @Override
  public Message badMessageAnswer(AnswerStyle style, Object port) {
    return answer(new Answer(null, null, null, port, -1, -1, -1), style);
  }

  @Override
  public Incoming parse(Message message) {
    PlainLines lines = PlainLines.parse(message);
    if (lines.kind().equals(GOODBYE) && message.parts() == 1) {
      return new Incoming.Goodbye(lines.get("port"), lines.number("life"));
    }
    if (!lines.kind().equals(FRAME) || message.parts() != 2) {
      throw new WireFormatException(
          "A '" + lines.kind() + "' of " + message.parts() + " parts is no frame and no goodbye.");
    }
    FrameHeader header =
        new FrameHeader(
            encoding(lines),
            lines.get("message"),
            lines.text("pattern"),
            lines.get("port"),
            lines.number("sequence"),
            lines.number("sent"),
            lines.text("sender"),
            lines.number("offset"),
            lines.number("life"));
    return new Incoming.FrameArrived(header, message.retainPart(1));
  }

  @Override
  public Answer parseAnswer(Message message, AnswerStyle style) {
    PlainLines lines = PlainLines.parse(message);
    if (!lines.kind().equals(ANSWER)) {
      throw new WireFormatException("A '" + lines.kind() + "' is no answer.");
    }
    boolean withFrame = message.parts() == 2;
    return new Answer(
        lines.get("data"),
        withFrame ? encoding(lines) : null,
        withFrame ? message.retainPart(1) : null,
        lines.get("port"),
        lines.number("sequence"),
        lines.number("received"),
        lines.number("answered"));
  }

  private static void putEncoding(PlainLines lines, Encoding encoding) {
    lines.put("format", encoding.format());
    lines.put("colors", encoding.colorSpace() == null ? null : encoding.colorSpace().name());
    lines.put("dct", encoding.fastDct());
    lines.put("ups", encoding.fastUpsample());
    FrameFormat array = encoding.array();
    if (array != null) {
      lines.put("type", array.elementType().numpyName());
      lines.put("shape", shapeOf(array));
    }
  }

  private static Encoding encoding(PlainLines lines) {
    String colors = lines.text("colors");
    String type = lines.text("type");
    try {
      return new Encoding(
          lines.text("format"),
          colors == null ? null : PixelFormat.valueOf(colors),
          type == null ? null : array(type, lines.text("shape")),
          Boolean.TRUE.equals(lines.get("dct")),
          Boolean.TRUE.equals(lines.get("ups")));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new WireFormatException("The encoding is not readable: " + e.getMessage(), e);
    }
  }

  private static FrameFormat array(String type, String shape) {
    ElementType element =
        ElementType.ofNumpy(type)
            .orElseThrow(() -> new WireFormatException("No element type is named " + type + "."));
    return FrameFormat.array(
        element, Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray());
  }

  private static String shapeOf(FrameFormat array) {
    return IntStream.range(0, array.dimensions())
        .mapToObj(i -> Integer.toString(array.dimension(i)))
        .collect(Collectors.joining("x"));
  }
}
