package io.netgear.internal.wire;

import io.netgear.PixelFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Our own key {@code "netgear"} at the end of a header (docs/wire-format.md#our-extras). A Python
 * peer ignores it. What is unknown or follows from the rest is left out; without anything left, so
 * is the key.
 */
final class Extras {
  /** The key in a header. */
  static final String KEY = "netgear";

  static final int MAX_ID_CHARS = 255;
  static final int MAX_FORMAT_CHARS = 64;

  /** Half of what a long holds, so that counting on from it cannot overflow. */
  static final long MAX_SEQUENCE = Long.MAX_VALUE / 2;

  /** The end of the year 9999, so that differences and {@code Instant}s of it cannot overflow. */
  static final long MAX_MICROS = 253_402_300_799_999_999L;

  long sequence;
  long sentMicros;
  String senderId;
  long clockOffsetMicros;
  long life;
  long receivedMicros;
  long answeredMicros;
  boolean leaving;
  PixelFormat pixelFormat;
  String format;

  private String lastSenderId = "";

  Extras() {
    clear();
  }

  /** Says nothing again. */
  void clear() {
    sequence = -1;
    sentMicros = -1;
    senderId = "";
    clockOffsetMicros = FrameHeader.UNKNOWN_OFFSET;
    life = -1;
    receivedMicros = -1;
    answeredMicros = -1;
    leaving = false;
    pixelFormat = null;
    format = null;
  }

  /** Says what a frame's are. */
  void set(FrameHeader header) {
    clear();
    sequence = header.sequence();
    sentMicros = header.sentMicros();
    senderId = header.senderId();
    clockOffsetMicros = header.clockOffsetMicros();
    life = header.life();
    describe(header.encoding());
  }

  /** Says what a goodbye's are. */
  void setLife(long endingLife) {
    clear();
    life = endingLife;
  }

  /** Says what an answer's are. */
  void set(Answer answer) {
    clear();
    sequence = answer.sequence();
    receivedMicros = answer.receivedMicros();
    answeredMicros = answer.answeredMicros();
    leaving = answer.leaving();
    if (answer.payload() != null) {
      describe(answer.encoding());
    }
  }

  private void describe(Encoding encoding) {
    if (encoding.isRaw()) {
      pixelFormat = encoding.colorSpace();
    } else if (!Encoding.JPEG.equals(encoding.format())) {
      format = encoding.format();
      pixelFormat =
          encoding.array() != null && encoding.array().isPicture()
              ? encoding.array().pixelFormat()
              : null;
    }
  }

  void write(JsonGenerator out) {
    boolean open = number(out, false, "seq", sequence, 0, MAX_SEQUENCE);
    open = number(out, open, "sent", sentMicros, 0, MAX_MICROS);
    if (senderId != null && !senderId.isEmpty()) {
      requireShort("sender's name", senderId, MAX_ID_CHARS);
      open = name(out, open, "id");
      out.writeString(senderId);
    }
    open = number(out, open, "clk", clockOffsetMicros, -MAX_MICROS, MAX_MICROS);
    open = number(out, open, "life", life, 0, MAX_MICROS);
    open = number(out, open, "rx", receivedMicros, 0, MAX_MICROS);
    open = number(out, open, "tx", answeredMicros, 0, MAX_MICROS);
    open = number(out, open, "bye", leaving ? 1 : -1, 0, 1);
    if (pixelFormat != null) {
      open = name(out, open, "pix");
      out.writeString(pixelFormat.name());
    }
    if (format != null) {
      requireShort("format's name", format, MAX_FORMAT_CHARS);
      open = name(out, open, "fmt");
      out.writeString(format);
    }
    if (open) {
      out.writeEndObject();
    }
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

  private static boolean number(
      JsonGenerator out, boolean open, String key, long value, long min, long max) {
    if (value < min || value > max) {
      return open;
    }
    name(out, open, key);
    out.writeNumber(value);
    return true;
  }

  private static boolean name(JsonGenerator out, boolean open, String key) {
    if (!open) {
      out.writeName(KEY);
      out.writeStartObject();
    }
    out.writeName(key);
    return true;
  }

  /** Reads the object whose first token is the current one; keys of a later version are skipped. */
  void read(JsonParser in) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw Checked.value(in, KEY, "an object");
    }
    for (String key = in.nextName(); key != null; key = in.nextName()) {
      in.nextToken();
      switch (key) {
        case "seq" -> sequence = Checked.integer(in, "netgear.seq", 0, MAX_SEQUENCE);
        case "sent" -> sentMicros = Checked.integer(in, "netgear.sent", 0, MAX_MICROS);
        case "id" -> {
          lastSenderId = Checked.string(in, "netgear.id", MAX_ID_CHARS, lastSenderId);
          senderId = lastSenderId;
        }
        case "clk" ->
            clockOffsetMicros = Checked.integer(in, "netgear.clk", -MAX_MICROS, MAX_MICROS);
        case "life" -> life = Checked.integer(in, "netgear.life", 0, MAX_MICROS);
        case "rx" -> receivedMicros = Checked.integer(in, "netgear.rx", 0, MAX_MICROS);
        case "tx" -> answeredMicros = Checked.integer(in, "netgear.tx", 0, MAX_MICROS);
        case "bye" -> leaving = Checked.integer(in, "netgear.bye", 0, 1) == 1;
        case "pix" -> pixelFormat = Checked.pixelFormat(in, "netgear.pix");
        case "fmt" -> format = Checked.name(in, "netgear.fmt", MAX_FORMAT_CHARS);
        default -> in.skipChildren();
      }
    }
  }
}
