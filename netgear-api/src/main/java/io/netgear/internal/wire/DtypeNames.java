package io.netgear.internal.wire;

import io.netgear.ElementType;
import io.netgear.WireFormatException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Reads numpy's names of element types: {@code uint8}, and the short spellings {@code |u1}, {@code
 * <f4}, {@code f4}.
 */
final class DtypeNames {
  private static final ElementType[] TYPES = ElementType.values();
  private static final String KNOWN =
      Arrays.stream(TYPES).map(ElementType::numpyName).collect(Collectors.joining(", "));

  private DtypeNames() {}

  /**
   * The type that {@code dtype} names.
   *
   * @param key where it was found
   * @throws WireFormatException listing the known names
   */
  static ElementType read(String key, String dtype) {
    for (ElementType type : TYPES) {
      if (type.numpyName().equals(dtype)) {
        return type;
      }
    }
    boolean ordered = !dtype.isEmpty() && "<>|=".indexOf(dtype.charAt(0)) >= 0;
    ElementType type = ofShortName(ordered ? dtype.substring(1) : dtype);
    if (type == null) {
      throw new WireFormatException(
          "The key '" + key + "' is " + Excerpt.quoted(dtype) + ": expected one of " + KNOWN + ".");
    }
    if (dtype.charAt(0) == '>' && type.bytes() > 1) {
      throw new WireFormatException(
          "The key '"
              + key
              + "' is "
              + Excerpt.quoted(dtype)
              + ", a big-endian type: the sender must convert it to little-endian, such as "
              + type.numpyName()
              + ".");
    }
    return type;
  }

  private static ElementType ofShortName(String code) {
    return switch (code) {
      case "?", "b1" -> ElementType.BOOL;
      case "u1" -> ElementType.UINT8;
      case "i1" -> ElementType.INT8;
      case "u2" -> ElementType.UINT16;
      case "i2" -> ElementType.INT16;
      case "u4" -> ElementType.UINT32;
      case "i4" -> ElementType.INT32;
      case "u8" -> ElementType.UINT64;
      case "i8" -> ElementType.INT64;
      case "f2" -> ElementType.FLOAT16;
      case "f4" -> ElementType.FLOAT32;
      case "f8" -> ElementType.FLOAT64;
      default -> null;
    };
  }
}
