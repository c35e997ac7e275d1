package io.netgear.internal.wire;

import io.netgear.WireFormatException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a received header says, key by key, whether of a frame, a goodbye or an answer: their
 * objects have most keys in common. Filled by a {@link HeaderReader}, again and again.
 */
final class Header {
  private static final int MAX_NAME_CHARS = 64;

  private static final String[] PATTERNS = {"0", "1", "2"};

  final Extras extras = new Extras();
  final PayloadKeys payload = new PayloadKeys();
  boolean terminate;
  Object port;
  String pattern = "";
  Object message;
  String returnType;
  Object data;

  /** Says nothing again. */
  void clear() {
    extras.clear();
    payload.clear();
    terminate = false;
    port = null;
    pattern = "";
    message = null;
    returnType = null;
    data = null;
  }

  /**
   * Reads one JSON object, and leaves its end the current token.
   *
   * @throws WireFormatException for anything else, or for a value of the wrong type
   */
  void read(JsonParser in) {
    JsonToken first = in.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new WireFormatException(
          "The first part is "
              + (first == null
                  ? "empty"
                  : first == JsonToken.START_ARRAY ? "a JSON list" : "a single JSON value")
              + ": expected a JSON object.");
    }
    for (String key = in.nextName(); key != null; key = in.nextName()) {
      in.nextToken();
      readValue(in, key);
    }
  }

  private void readValue(JsonParser in, String key) {
    switch (key) {
      case "terminate_flag" -> terminate = Checked.bool(in, key);
      case "port" -> port = Checked.port(in, key);
      case "compression" -> payload.readCompression(in);
      case "message" -> message = JsonValueReader.read(in);
      case "pattern" -> readPattern(in);
      case "dtype", "array_dtype" -> payload.readDtype(in, key);
      case "shape", "array_shape" -> payload.readShape(in, key);
      case "return_type" -> returnType = Checked.string(in, key, MAX_NAME_CHARS);
      case "data" -> data = JsonValueReader.read(in);
      case Extras.KEY -> extras.read(in);
      default -> in.skipChildren();
    }
  }

  /** Nobody acts on it, so nothing in it is an error. */
  private void readPattern(JsonParser in) {
    for (String known : PATTERNS) {
      if (in.currentToken().isScalarValue() && Checked.is(in, known)) {
        pattern = known;
        return;
      }
    }
    pattern = in.currentToken().isScalarValue() ? Excerpt.of(in.getString(), MAX_NAME_CHARS) : "";
    in.skipChildren();
  }
}
