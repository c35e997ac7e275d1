package io.netgear.internal.wire;

import io.netgear.ElementType;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.WireFormatException;
import io.netgear.spi.Encoding;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a received header says, key by key, whether of a frame, a goodbye or an answer: their
 * objects have most keys in common. Filled by one parse, asked by the thread that parsed.
 */
final class Header {
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_NAME_CHARS = 64;

  final Extras extras = new Extras();
  boolean terminate;
  Object port;
  String pattern = "";
  Object message;
  String returnType;
  Object data;

  private boolean hasCompression;
  private boolean compressed;
  private boolean dct;
  private boolean ups;
  private PixelFormat colorSpace;
  private String dtypeKey = "dtype";
  private String dtype;
  private String shapeKey = "shape";
  private int[] shape;

  private Header() {}

  /**
   * Reads {@code part}, whose position and limit stay.
   *
   * @throws WireFormatException for anything but one JSON object within the limits, or for a value
   *     of the wrong type
   */
  static Header parse(ByteBuffer part) {
    int length = part.remaining();
    if (length > Json.MAX_BYTES) {
      throw new WireFormatException(
          "The first part has " + length + " bytes: a header has at most " + Json.MAX_BYTES + ".");
    }
    byte[] bytes;
    int offset = 0;
    if (part.hasArray()) {
      bytes = part.array();
      offset = part.arrayOffset() + part.position();
    } else {
      bytes = new byte[length];
      part.get(part.position(), bytes);
    }
    Header header = new Header();
    JsonParser in = Json.parser(bytes, offset, length);
    try (in) {
      header.read(in);
    } catch (JacksonException e) {
      // not kept as the cause: its text quotes the peer as it is, control characters and all
      throw new WireFormatException(
          "The first part is no JSON that could be read (byte "
              + in.currentLocation().getByteOffset()
              + "): "
              + Excerpt.of(e.getOriginalMessage(), 160));
    }
    return header;
  }

  private void read(JsonParser in) {
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
    if (in.nextToken() != null) {
      throw new WireFormatException("The first part goes on behind the end of its JSON object.");
    }
  }

  private void readValue(JsonParser in, String key) {
    switch (key) {
      case "terminate_flag" -> terminate = Checked.bool(in, key);
      case "port" -> port = Checked.port(in, key);
      case "compression" -> readCompression(in);
      case "message" -> message = JsonValueReader.read(in);
      case "pattern" -> {
        // nobody acts on it, so nothing in it is an error
        pattern =
            in.currentToken().isScalarValue() ? Excerpt.of(in.getString(), MAX_NAME_CHARS) : "";
        in.skipChildren();
      }
      case "dtype", "array_dtype" -> {
        dtypeKey = key;
        dtype = Checked.stringOrNull(in, key, MAX_NAME_CHARS);
      }
      case "shape", "array_shape" -> {
        shapeKey = key;
        readShape(in, key);
      }
      case "return_type" -> returnType = Checked.string(in, key, MAX_NAME_CHARS);
      case "data" -> data = JsonValueReader.read(in);
      case Extras.KEY -> extras.read(in);
      default -> in.skipChildren();
    }
  }

  private void readCompression(JsonParser in) {
    hasCompression = true;
    compressed = in.currentToken() == JsonToken.START_OBJECT;
    if (!compressed) {
      if (in.currentToken() != JsonToken.VALUE_FALSE) {
        throw Checked.value(in, "compression", "false, or an object with dct, ups and colorspace");
      }
      return;
    }
    for (String key = in.nextName(); key != null; key = in.nextName()) {
      in.nextToken();
      switch (key) {
        case "dct" -> dct = Checked.bool(in, "compression.dct");
        case "ups" -> ups = Checked.bool(in, "compression.ups");
        case "colorspace" ->
            colorSpace =
                in.currentToken() == JsonToken.VALUE_NULL
                    ? null
                    : Checked.pixelFormat(in, "compression.colorspace");
        default -> in.skipChildren();
      }
    }
  }

  private void readShape(JsonParser in, String key) {
    shape = null;
    if (in.currentToken() == JsonToken.VALUE_NULL
        || (in.currentToken() == JsonToken.VALUE_STRING && in.getStringLength() == 0)) {
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw Checked.value(in, key, "a list of 1 to 4 sizes");
    }
    int[] sizes = new int[MAX_DIMENSIONS];
    int dimensions = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (dimensions == MAX_DIMENSIONS) {
        throw new WireFormatException(
            "The key '" + key + "' has more than 4 sizes: expected 1 to 4.");
      }
      sizes[dimensions++] = (int) Checked.integer(in, key, 1, Integer.MAX_VALUE);
    }
    shape = Arrays.copyOf(sizes, dimensions);
  }

  /**
   * How the payload was made.
   *
   * @param payloadBytes its size, which an array's shape must give
   */
  Encoding encoding(long payloadBytes) {
    if (!hasCompression) {
      throw new WireFormatException(
          "The key 'compression' is missing: expected false, or an object with dct, ups and colorspace.");
    }
    if (!compressed) {
      return rawEncoding(payloadBytes);
    }
    String format = extras.format == null ? Encoding.JPEG : extras.format;
    if (format.equals(Encoding.RAW) || format.isEmpty()) {
      throw new WireFormatException(
          "The key 'netgear.fmt' is '"
              + format
              + "' though 'compression' is an object: expected the name of a codec's format.");
    }
    if (format.equals(Encoding.JPEG)) {
      if (colorSpace == null) {
        throw new WireFormatException(
            "The key 'compression.colorspace' is missing: expected one of "
                + Arrays.toString(PixelFormat.values())
                + ".");
      }
      return Encoding.jpeg(colorSpace, dct, ups);
    }
    boolean hasArray = dtype != null && !dtype.isEmpty() && shape != null;
    return new Encoding(format, colorSpace, hasArray ? array() : null, dct, ups);
  }

  private Encoding rawEncoding(long payloadBytes) {
    if (extras.format != null && !extras.format.equals(Encoding.RAW)) {
      throw new WireFormatException(
          "The key 'netgear.fmt' is "
              + Excerpt.quoted(extras.format)
              + " though 'compression' is false: expected none.");
    }
    FrameFormat array = array();
    if (array.packedSize() != payloadBytes) {
      throw new WireFormatException(
          "The second part has "
              + payloadBytes
              + " bytes, but "
              + array
              + " has "
              + array.packedSize()
              + ".");
    }
    return Encoding.raw(array);
  }

  private FrameFormat array() {
    if (dtype == null || dtype.isEmpty()) {
      throw new WireFormatException(
          "The key '"
              + dtypeKey
              + "' is missing or empty: an uncompressed frame needs a numpy type, such as uint8.");
    }
    if (shape == null) {
      throw new WireFormatException(
          "The key '"
              + shapeKey
              + "' is missing or empty: an uncompressed frame needs a list of 1 to 4 sizes.");
    }
    ElementType type = DtypeNames.read(dtypeKey, dtype);
    FrameFormat array;
    try {
      array = FrameFormat.array(type, shape);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new WireFormatException(
          "The key '"
              + shapeKey
              + "' is "
              + Arrays.toString(shape)
              + " of "
              + type.numpyName()
              + ": "
              + e.getMessage(),
          e);
    }
    if (extras.pixelFormat == null) {
      return array;
    }
    Optional<FrameFormat> picture = array.asPicture(extras.pixelFormat);
    if (picture.isEmpty()) {
      throw new WireFormatException(
          "The key 'netgear.pix' is "
              + extras.pixelFormat
              + ", but "
              + array
              + " is no such picture.");
    }
    return picture.get();
  }
}
