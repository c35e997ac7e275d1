package io.netgear;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the bytes of a {@link Frame} mean: a picture of {@code height x width} pixels, or any
 * numpy-like array.
 *
 * <p>A picture has a {@link PixelFormat} and rows that may be padded ({@link #stride()} bytes from
 * one row to the next). An array has an {@link ElementType} and a shape of 1 to 4 dimensions in C
 * order, without padding. Every picture is also an array: {@code [height, width, channels]} of
 * unsigned bytes, {@code [height, width]} when GRAY.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class FrameFormat {
  /** Most pixels a side, JPEG's own limit. */
  public static final int MAX_SIDE = 65_535;

  private static final int MAX_DIMENSIONS = 4;

  private final ElementType elementType;
  private final int[] shape;
  private final PixelFormat pixelFormat;
  private final int stride;

  private FrameFormat(ElementType elementType, int[] shape, PixelFormat pixelFormat, int stride) {
    this.elementType = elementType;
    this.shape = shape;
    this.pixelFormat = pixelFormat;
    this.stride = stride;
  }

  /**
   * A picture whose rows follow each other without padding.
   *
   * @param width pixels in a row, 1 to {@value #MAX_SIDE}
   * @param height rows, 1 to {@value #MAX_SIDE}
   */
  public static FrameFormat of(int width, int height, PixelFormat pixelFormat) {
    Objects.requireNonNull(pixelFormat, "pixelFormat");
    requireSide("width", width);
    requireSide("height", height);
    int channels = pixelFormat.bytesPerPixel();
    int[] shape = channels == 1 ? new int[] {height, width} : new int[] {height, width, channels};
    long bytes = (long) width * height * channels;
    if (!fitsBuffer(bytes)) {
      throw tooLarge(bytes, width + "x" + height + " " + pixelFormat);
    }
    return new FrameFormat(ElementType.UINT8, shape, pixelFormat, width * channels);
  }

  /**
   * An array in C order. It is no picture, whatever its shape: use {@link #asPicture} to say that
   * it is.
   *
   * @param shape 1 to 4 dimensions, each at least 1
   */
  public static FrameFormat array(ElementType elementType, int... shape) {
    Objects.requireNonNull(elementType, "elementType");
    if (shape.length < 1 || shape.length > MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "An array frame has 1 to 4 dimensions, got "
              + shape.length
              + ": "
              + Arrays.toString(shape));
    }
    long bytes = elementType.bytes();
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException(
            "Every dimension of an array frame is at least 1, got " + Arrays.toString(shape));
      }
      bytes = Math.multiplyExact(bytes, (long) dimension);
      if (!fitsBuffer(bytes)) {
        throw tooLarge(bytes, elementType.numpyName() + Arrays.toString(shape));
      }
    }
    int rows = shape.length > 1 ? shape[0] : 1;
    return new FrameFormat(elementType, shape.clone(), null, (int) (bytes / rows));
  }

  /**
   * The same bytes seen as a picture, where the shape allows: unsigned bytes, {@code [h, w]} or
   * {@code [h, w, channels]} with as many channels as {@code pixelFormat} has.
   *
   * @return empty when this is no such array
   */
  public Optional<FrameFormat> asPicture(PixelFormat pixelFormat) {
    boolean fits =
        elementType == ElementType.UINT8
            && (shape.length == 2 || shape.length == 3)
            && shape[0] <= MAX_SIDE
            && shape[1] <= MAX_SIDE
            && (shape.length == 2 ? 1 : shape[2]) == pixelFormat.bytesPerPixel();
    return fits ? Optional.of(of(shape[1], shape[0], pixelFormat)) : Optional.empty();
  }

  /**
   * This picture with padded rows.
   *
   * @param stride bytes from the start of one row to the start of the next, at least {@link
   *     #rowBytes()}
   * @throws IllegalStateException if this is no picture
   */
  public FrameFormat withStride(int stride) {
    requirePicture();
    if (stride < rowBytes()) {
      throw new IllegalArgumentException(
          "A row of "
              + this
              + " has "
              + rowBytes()
              + " bytes, a stride of "
              + stride
              + " is too short.");
    }
    if (!fitsBuffer((long) stride * height())) {
      throw tooLarge((long) stride * height(), this + " with stride " + stride);
    }
    return stride == this.stride ? this : new FrameFormat(elementType, shape, pixelFormat, stride);
  }

  /**
   * Whether this is a picture, so that {@link #width()}, {@link #height()} and {@link
   * #pixelFormat()} answer.
   */
  public boolean isPicture() {
    return pixelFormat != null;
  }

  /** Pixels in a row. */
  public int width() {
    requirePicture();
    return shape[1];
  }

  /** Rows of the picture. */
  public int height() {
    requirePicture();
    return shape[0];
  }

  /** The byte order of a pixel. */
  public PixelFormat pixelFormat() {
    requirePicture();
    return pixelFormat;
  }

  /**
   * Bytes from one row to the next; for an array, from one index of the first dimension to the
   * next.
   */
  public int stride() {
    return stride;
  }

  /** Bytes of a row that carry pixels; for an array the same as {@link #stride()}. */
  public int rowBytes() {
    return isPicture() ? shape[1] * pixelFormat.bytesPerPixel() : stride;
  }

  /** Whether rows follow each other without padding. */
  public boolean isPacked() {
    return stride == rowBytes();
  }

  /** Rows of {@link #rowBytes()}: the first dimension, 1 for a one-dimensional array. */
  public int rows() {
    return shape.length > 1 ? shape[0] : 1;
  }

  /** The type of one element. */
  public ElementType elementType() {
    return elementType;
  }

  /** Number of dimensions, 1 to 4. */
  public int dimensions() {
    return shape.length;
  }

  /** The size of dimension {@code index}, as numpy's {@code shape[index]}. */
  public int dimension(int index) {
    return shape[index];
  }

  /** Bytes that a buffer must hold: the last row needs no padding. */
  public int byteSize() {
    return Math.toIntExact((long) stride * (rows() - 1) + rowBytes());
  }

  /** Bytes of the same frame without padding. */
  public int packedSize() {
    return Math.toIntExact((long) rowBytes() * rows());
  }

  /** This format without padding. */
  public FrameFormat packed() {
    return isPacked() ? this : of(shape[1], shape[0], pixelFormat);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrameFormat that
        && elementType == that.elementType
        && pixelFormat == that.pixelFormat
        && stride == that.stride
        && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(elementType, pixelFormat, stride, Arrays.hashCode(shape));
  }

  /** For people: {@code 1920x1080 BGR} or {@code float32[480, 640]}. */
  @Override
  public String toString() {
    if (isPicture()) {
      return shape[1] + "x" + shape[0] + " " + pixelFormat;
    }
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", elementType.numpyName() + "[", "]"));
  }

  private void requirePicture() {
    if (pixelFormat == null) {
      throw new IllegalStateException(
          this + " is an array, not a picture: it has no width, height or pixel format.");
    }
  }

  private static void requireSide(String name, int value) {
    if (value < 1 || value > MAX_SIDE) {
      throw new IllegalArgumentException(
          "A picture's " + name + " is 1 to " + MAX_SIDE + " pixels, got " + value + ".");
    }
  }

  private static boolean fitsBuffer(long bytes) {
    return bytes <= Integer.MAX_VALUE - 64;
  }

  private static IllegalArgumentException tooLarge(long bytes, String what) {
    return new IllegalArgumentException(
        "A frame fits one buffer of at most 2 GiB; "
            + what
            + " needs at least "
            + bytes
            + " bytes.");
  }
}
