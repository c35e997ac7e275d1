package io.netgear.internal.wire;

import io.netgear.ElementType;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.WireFormatException;
import io.netgear.spi.Encoding;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The keys of a header that say how the payload was made, and what they mean together. */
final class PayloadKeys {
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_DTYPE_CHARS = 64;

  private boolean hasCompression;
  private boolean compressed;
  private boolean dct;
  private boolean ups;
  private PixelFormat colorSpace;
  private String dtypeKey;
  private String dtype;
  private String shapeKey;
  private boolean hasShape;
  private final int[] shape = new int[MAX_DIMENSIONS];
  private int dimensions;

  // What the last header came to: the next one usually says the same.
  private String lastDtype = "";
  private FrameFormat lastArray;
  private Encoding lastRaw;
  private Encoding lastJpeg;

  PayloadKeys() {
    clear();
  }

  /** Says nothing again. */
  void clear() {
    hasCompression = false;
    compressed = false;
    dct = false;
    ups = false;
    colorSpace = null;
    dtypeKey = "dtype";
    dtype = null;
    shapeKey = "shape";
    hasShape = false;
    dimensions = 0;
  }

  void readCompression(JsonParser in) {
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

  void readDtype(JsonParser in, String key) {
    dtypeKey = key;
    dtype = Checked.stringOrNull(in, key, MAX_DTYPE_CHARS, lastDtype);
    lastDtype = dtype == null ? lastDtype : dtype;
  }

  void readShape(JsonParser in, String key) {
    shapeKey = key;
    hasShape = false;
    if (in.currentToken() == JsonToken.VALUE_NULL
        || (in.currentToken() == JsonToken.VALUE_STRING && in.getStringLength() == 0)) {
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw Checked.value(in, key, "a list of 1 to 4 sizes");
    }
    dimensions = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (dimensions == MAX_DIMENSIONS) {
        throw new WireFormatException(
            "The key '" + key + "' has more than 4 sizes: expected 1 to 4.");
      }
      shape[dimensions++] = (int) Checked.integer(in, key, 1, Integer.MAX_VALUE);
    }
    hasShape = true;
  }

  /**
   * How the payload was made.
   *
   * @param payloadBytes its size, which an array's shape must give
   * @param extras our own keys of the same header
   * @throws WireFormatException when they contradict each other or the size
   */
  Encoding encoding(long payloadBytes, Extras extras) {
    if (!hasCompression) {
      throw new WireFormatException(
          "The key 'compression' is missing: expected false, or an object with dct, ups and colorspace.");
    }
    if (!compressed) {
      return rawEncoding(payloadBytes, extras);
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
      return jpegEncoding();
    }
    boolean hasArray = dtype != null && !dtype.isEmpty() && hasShape;
    return new Encoding(format, colorSpace, hasArray ? array(extras.pixelFormat) : null, dct, ups);
  }

  private Encoding jpegEncoding() {
    if (lastJpeg == null
        || lastJpeg.colorSpace() != colorSpace
        || lastJpeg.fastDct() != dct
        || lastJpeg.fastUpsample() != ups) {
      lastJpeg = Encoding.jpeg(colorSpace, dct, ups);
    }
    return lastJpeg;
  }

  private Encoding rawEncoding(long payloadBytes, Extras extras) {
    if (extras.format != null && !extras.format.equals(Encoding.RAW)) {
      throw new WireFormatException(
          "The key 'netgear.fmt' is "
              + Excerpt.quoted(extras.format)
              + " though 'compression' is false: expected none.");
    }
    FrameFormat array = array(extras.pixelFormat);
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
    if (lastRaw == null || !lastRaw.array().equals(array)) {
      lastRaw = Encoding.raw(array);
    }
    return lastRaw;
  }

  private FrameFormat array(PixelFormat pixelFormat) {
    if (dtype == null || dtype.isEmpty()) {
      throw new WireFormatException(
          "The key '"
              + dtypeKey
              + "' is missing or empty: an uncompressed frame needs a numpy type, such as uint8.");
    }
    if (!hasShape) {
      throw new WireFormatException(
          "The key '"
              + shapeKey
              + "' is missing or empty: an uncompressed frame needs a list of 1 to 4 sizes.");
    }
    ElementType type = DtypeNames.read(dtypeKey, dtype);
    if (!isLastArray(type, pixelFormat)) {
      lastArray = newArray(type, pixelFormat);
    }
    return lastArray;
  }

  private boolean isLastArray(ElementType type, PixelFormat pixelFormat) {
    if (lastArray == null
        || lastArray.elementType() != type
        || lastArray.dimensions() != dimensions
        || (lastArray.isPicture() ? lastArray.pixelFormat() : null) != pixelFormat) {
      return false;
    }
    for (int i = 0; i < dimensions; i++) {
      if (lastArray.dimension(i) != shape[i]) {
        return false;
      }
    }
    return true;
  }

  private FrameFormat newArray(ElementType type, PixelFormat pixelFormat) {
    int[] sizes = Arrays.copyOf(shape, dimensions);
    FrameFormat array;
    try {
      array = FrameFormat.array(type, sizes);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(
          "The key '"
              + shapeKey
              + "' is "
              + Arrays.toString(sizes)
              + " of "
              + type.numpyName()
              + ": "
              + e.getMessage(),
          e);
    }
    if (pixelFormat == null) {
      return array;
    }
    Optional<FrameFormat> picture = array.asPicture(pixelFormat);
    if (picture.isEmpty()) {
      throw new WireFormatException(
          "The key 'netgear.pix' is " + pixelFormat + ", but " + array + " is no such picture.");
    }
    return picture.get();
  }
}
