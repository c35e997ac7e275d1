package io.netgear.bench.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON values as null, String, Number, Boolean, List and Map. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  static String write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(out, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      map.forEach(
          (key, entry) -> {
            out.writeName(key.toString());
            write(out, entry);
          });
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      list.forEach(item -> write(out, item));
      out.writeEndArray();
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      out.writeNull();
    } else if (value instanceof Number number) {
      out.writeNumber(number.toString());
    } else {
      out.writeString(value.toString());
    }
  }

  /**
   * Reads the one value of a file.
   *
   * @throws IOException if the file cannot be read or holds anything else
   */
  static Object read(Path file) throws IOException {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), Files.readString(file))) {
      if (in.nextToken() == null) {
        throw new IOException("it is empty");
      }
      Object value = readValue(in);
      if (in.nextToken() != null) {
        throw new IOException("something follows the first value");
      }
      return value;
    } catch (JacksonException e) {
      // Without what the parser says of itself and its settings.
      String reason = e.getOriginalMessage().replaceFirst(" \\(.*", "");
      throw new IOException(
          "it is no JSON: " + reason + ", in line " + e.getLocation().getLineNr(), e);
    }
  }

  private static Object readValue(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> readObject(in);
      case START_ARRAY -> readArray(in);
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, Object> readObject(JsonParser in) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      in.nextToken();
      map.put(name, readValue(in));
    }
    return map;
  }

  private static List<Object> readArray(JsonParser in) {
    List<Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(readValue(in));
    }
    return list;
  }
}
