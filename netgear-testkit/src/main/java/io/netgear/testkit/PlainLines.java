package io.netgear.testkit;

import io.netgear.WireFormatException;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The text of {@link PlainWire}: what kind of message it is, and then a line for each value. A
 * value's first letter is its type, so that a number does not come back as text.
 */
final class PlainLines {
  private final String kind;
  private final Map<String, Object> values = new LinkedHashMap<>();

  PlainLines(String kind) {
    this.kind = kind;
  }

  static PlainLines parse(Message message) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(message.part(0).slice()).toString();
    } catch (CharacterCodingException e) {
      throw new WireFormatException("The first part is no text: " + e.getMessage(), e);
    }
    String[] lines = text.split("\n", -1);
    PlainLines parsed = new PlainLines(lines[0]);
    for (int i = 1; i < lines.length; i++) {
      int equals = lines[i].indexOf('=');
      if (equals < 0 || equals + 1 == lines[i].length()) {
        throw new WireFormatException("A line is no name=value: '" + lines[i] + "'.");
      }
      parsed.values.put(lines[i].substring(0, equals), value(lines[i].substring(equals + 1)));
    }
    return parsed;
  }

  String kind() {
    return kind;
  }

  /** Adds a value; null is as good as absent. */
  void put(String name, Object value) {
    if (value == null) {
      return;
    }
    if (value instanceof String text && text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("Text of one line only, got '" + text + "'.");
    }
    if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      throw new IllegalArgumentException("Text, numbers and booleans only, got " + value + ".");
    }
    values.put(name, value);
  }

  /** A value, or null. */
  Object get(String name) {
    return values.get(name);
  }

  /** A text, or null. */
  String text(String name) {
    Object value = values.get(name);
    if (value != null && !(value instanceof String)) {
      throw new WireFormatException(name + " should be text, but is " + value + ".");
    }
    return (String) value;
  }

  /** A number that must be there. */
  long number(String name) {
    if (values.get(name) instanceof Long number) {
      return number;
    }
    throw new WireFormatException(name + " should be a number, but is " + values.get(name) + ".");
  }

  PooledBuffer toPart() {
    StringBuilder text = new StringBuilder(kind);
    values.forEach(
        (name, value) -> text.append('\n').append(name).append('=').append(typed(value)));
    return PooledBuffer.unpooled(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String typed(Object value) {
    return (value instanceof String ? "t" : value instanceof Boolean ? "b" : "n") + value;
  }

  private static Object value(String typed) {
    String text = typed.substring(1);
    try {
      return switch (typed.charAt(0)) {
        case 't' -> text;
        case 'b' -> Boolean.valueOf(text);
        case 'n' -> Long.valueOf(text);
        default -> throw new WireFormatException("A value is of no known type: '" + typed + "'.");
      };
    } catch (NumberFormatException e) {
      throw new WireFormatException("A number is none: '" + text + "'.", e);
    }
  }
}
