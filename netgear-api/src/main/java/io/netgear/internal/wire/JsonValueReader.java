package io.netgear.internal.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads any JSON value into null, Boolean, String, Long, BigInteger, Double, List or Map. Lists and
 * maps are fresh and the caller's own. Of two equal keys the later counts, as in Python.
 */
final class JsonValueReader {
  private JsonValueReader() {}

  /** Reads the value whose first token is the current one, and leaves its last token current. */
  static Object read(JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT -> readInteger(in);
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case START_ARRAY -> readList(in);
      case START_OBJECT -> readMap(in);
      default ->
          throw new IllegalStateException(
              "A JSON value cannot start with " + in.currentToken() + ".");
    };
  }

  private static Number readInteger(JsonParser in) {
    if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return in.getBigIntegerValue();
    }
    return in.getLongValue();
  }

  private static List<Object> readList(JsonParser in) {
    List<Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(in));
    }
    return list;
  }

  private static Map<String, Object> readMap(JsonParser in) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key = in.nextName(); key != null; key = in.nextName()) {
      in.nextToken();
      map.put(key, read(in));
    }
    return map;
  }
}
