package io.netgear;

import java.util.Optional;

/** The type of one array element, little-endian in memory, under numpy's name. */
public enum ElementType {
  /** One byte, 0 or 1. */
  BOOL("bool", 1),
  /** Unsigned 8 bits: the type of every picture that JPEG can carry. */
  UINT8("uint8", 1),
  /** Signed 8 bits. */
  INT8("int8", 1),
  /** Unsigned 16 bits: depth cameras. */
  UINT16("uint16", 2),
  /** Signed 16 bits. */
  INT16("int16", 2),
  /** Unsigned 32 bits. */
  UINT32("uint32", 4),
  /** Signed 32 bits. */
  INT32("int32", 4),
  /** Unsigned 64 bits. */
  UINT64("uint64", 8),
  /** Signed 64 bits. */
  INT64("int64", 8),
  /** IEEE half precision. */
  FLOAT16("float16", 2),
  /** IEEE single precision. */
  FLOAT32("float32", 4),
  /** IEEE double precision. */
  FLOAT64("float64", 8);

  private static final ElementType[] ALL = values();

  private final String numpyName;
  private final int bytes;

  ElementType(String numpyName, int bytes) {
    this.numpyName = numpyName;
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** What numpy's {@code str(dtype)} prints, such as {@code uint8}. */
  public String numpyName() {
    return numpyName;
  }

  /**
   * The type that numpy calls {@code name}; empty for one that has no counterpart here (big-endian,
   * complex, text).
   */
  public static Optional<ElementType> ofNumpy(String name) {
    for (ElementType type : ALL) {
      if (type.numpyName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
