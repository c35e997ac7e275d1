package io.netgear.internal.wire;

import io.netgear.PixelFormat;
import io.netgear.WireFormatException;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Takes single values out of a header, each of the type and within the range that its key asks for.
 */
final class Checked {
  private static final PixelFormat[] PIXEL_FORMATS = PixelFormat.values();
  private static final int MAX_PORT_CHARS = 255;

  private Checked() {}

  /** The current token as true or false. */
  static boolean bool(JsonParser in, String key) {
    JsonToken token = in.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw value(in, key, "true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  /** The current token as a whole number from {@code min} to {@code max}. */
  static long integer(JsonParser in, String key, long min, long max) {
    boolean fitsLong =
        in.currentToken() == JsonToken.VALUE_NUMBER_INT
            && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!fitsLong || in.getLongValue() < min || in.getLongValue() > max) {
      throw value(in, key, "a whole number from " + min + " to " + max);
    }
    return in.getLongValue();
  }

  /** Text of printable ASCII, as names are that end up in logs. */
  static String name(JsonParser in, String key, int maxChars) {
    String name = string(in, key, maxChars);
    if (!name.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw new WireFormatException(
          "The key '"
              + key
              + "' is "
              + Excerpt.quoted(name)
              + ", expected a name of printable ASCII.");
    }
    return name;
  }

  /** The current token as text of at most {@code maxChars}. */
  static String string(JsonParser in, String key, int maxChars) {
    if (in.currentToken() != JsonToken.VALUE_STRING || in.getStringLength() > maxChars) {
      throw value(in, key, "text of at most " + maxChars + " characters");
    }
    return in.getString();
  }

  /**
   * The current token as text of at most {@code maxChars}: {@code last} itself where that is what
   * it says, so that what a peer repeats is kept once.
   */
  static String string(JsonParser in, String key, int maxChars, String last) {
    boolean same = in.currentToken() == JsonToken.VALUE_STRING && is(in, last);
    return same ? last : string(in, key, maxChars);
  }

  /** As {@link #string(JsonParser, String, int, String)}; null for JSON's null. */
  static String stringOrNull(JsonParser in, String key, int maxChars, String last) {
    return in.currentToken() == JsonToken.VALUE_NULL ? null : string(in, key, maxChars, last);
  }

  /** The current token as the name of a colour space. */
  static PixelFormat pixelFormat(JsonParser in, String key) {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      for (PixelFormat format : PIXEL_FORMATS) {
        if (is(in, format.name())) {
          return format;
        }
      }
    }
    throw value(in, key, "one of " + Arrays.toString(PIXEL_FORMATS));
  }

  /** Whether the current token's text is {@code expected}; makes no String of it. */
  static boolean is(JsonParser in, String expected) {
    int length = in.getStringLength();
    if (length != expected.length()) {
      return false;
    }
    char[] text = in.getStringCharacters();
    int offset = in.getStringOffset();
    for (int i = 0; i < length; i++) {
      if (text[offset + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The current token as a port: text as it is, a number as Integer, null for JSON's null. */
  static Object port(JsonParser in, String key) {
    return switch (in.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> (int) integer(in, key, 0, 65_535);
      case VALUE_STRING -> string(in, key, MAX_PORT_CHARS);
      default -> throw value(in, key, "a port, as a number or as text");
    };
  }

  /** What to throw for the current token. */
  static WireFormatException value(JsonParser in, String key, String expected) {
    String found =
        switch (in.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "a list";
          case VALUE_STRING -> Excerpt.quoted(in.getString());
          default -> Excerpt.of(in.getString(), 40);
        };
    return new WireFormatException(
        "The key '" + key + "' is " + found + ": expected " + expected + ".");
  }
}
