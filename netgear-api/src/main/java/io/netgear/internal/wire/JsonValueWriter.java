package io.netgear.internal.wire;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Writes an application's values, and refuses what JSON has no form for, saying where it was found.
 */
final class JsonValueWriter {
  private JsonValueWriter() {}

  /**
   * Writes {@code value}.
   *
   * @param name what the application calls it, the start of every path in errors
   * @throws IllegalArgumentException for a type that JSON has no form for, with its path
   */
  static void write(JsonGenerator out, String name, Object value) {
    if (value == null) {
      out.writeNull();
    } else {
      // the header's own object is one level already
      write(out, value, new Path(null, name, -1, 1));
    }
  }

  /** Python's name of the type that {@code value} arrives as. */
  static String pythonType(Object value) {
    if (value == null) {
      return "NoneType";
    } else if (value instanceof CharSequence) {
      return "str";
    } else if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof Map) {
      return "dict";
    } else if (value instanceof Collection || value.getClass().isArray()) {
      return "list";
    } else {
      return isInteger(value) ? "int" : "float";
    }
  }

  private static void write(JsonGenerator out, Object value, Path path) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof CharSequence text) {
      out.writeString(text.toString());
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Number number) {
      writeNumber(out, number, path);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(out, map, path);
    } else if (value instanceof Collection<?> list) {
      path.requireRoom();
      out.writeStartArray();
      int index = 0;
      for (Object element : list) {
        write(out, element, path.element(index++));
      }
      out.writeEndArray();
    } else if (value.getClass().isArray() && value.getClass().getComponentType() != char.class) {
      path.requireRoom();
      out.writeStartArray();
      for (int i = 0; i < Array.getLength(value); i++) {
        write(out, Array.get(value, i), path.element(i));
      }
      out.writeEndArray();
    } else {
      throw path.refused("is of type " + value.getClass().getName());
    }
  }

  private static void writeMap(JsonGenerator out, Map<?, ?> map, Path path) {
    path.requireRoom();
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        Object key = entry.getKey();
        throw path.refused(
            "has a key of type " + (key == null ? "null" : key.getClass().getName()));
      }
      if (key.length() > Json.MAX_NAME_CHARS || hasLoneSurrogate(key)) {
        throw path.key(key)
            .refused(
                "is a key that a receiver refuses: longer than "
                    + Json.MAX_NAME_CHARS
                    + " characters, or with half of a surrogate pair");
      }
      out.writeName(key);
      write(out, entry.getValue(), path.key(key));
    }
    out.writeEndObject();
  }

  private static boolean hasLoneSurrogate(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (Character.isSurrogate(key.charAt(i))) {
        if (i + 1 == key.length() || !Character.isSurrogatePair(key.charAt(i), key.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static void writeNumber(JsonGenerator out, Number number, Path path) {
    if (number instanceof Double) {
      out.writeNumber(PythonFloat.text(number.doubleValue()));
    } else if (number instanceof Float) {
      out.writeNumber(PythonFloat.text(number.floatValue()));
    } else if (number instanceof BigDecimal || number instanceof BigInteger) {
      String digits = number.toString();
      if (digits.length() > Json.MAX_NUMBER_CHARS) {
        throw path.refused(
            "is a number of "
                + digits.length()
                + " characters, more than "
                + Json.MAX_NUMBER_CHARS);
      }
      out.writeNumber(digits);
    } else if (isInteger(number)) {
      out.writeNumber(number.longValue());
    } else {
      throw path.refused("is of type " + number.getClass().getName());
    }
  }

  private static boolean isInteger(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger;
  }

  /** Where in a value something is; its text is made for errors alone. */
  private record Path(Path parent, String key, int index, int depth) {
    Path key(String key) {
      return new Path(this, key, -1, depth + 1);
    }

    Path element(int index) {
      return new Path(this, null, index, depth + 1);
    }

    void requireRoom() {
      if (depth >= Json.MAX_DEPTH) {
        throw refused(
            "is nested "
                + depth
                + " levels deep, more than the limit allows; does it contain itself?");
      }
    }

    IllegalArgumentException refused(String why) {
      return new IllegalArgumentException(
          Excerpt.of(toString(), 120)
              + " "
              + why
              + ". It must be a JSON value: null, Boolean, String, a number, a Map with String keys, a Collection, or an array"
              + " of those.");
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (Path at = this; at != null; at = at.parent) {
        text.insert(
            0, at.key == null ? "[" + at.index + "]" : at.parent == null ? at.key : "." + at.key);
      }
      return text.toString();
    }
  }
}
