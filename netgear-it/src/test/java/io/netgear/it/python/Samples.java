package io.netgear.it.python;

import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.video.javacv.TestPattern;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What goes over the wire in these tests; the peer computes the same for itself. */
final class Samples {
  static final int WIDTH = 272;
  static final int HEIGHT = 48;

  /** JPEG at quality 90 and 4:2:2 leaves more than that of the test pattern. */
  static final double LEAST_PSNR = 30;

  /** A value of every JSON type, falsy ones too; as many as it takes. */
  static final List<Object> VALUES =
      Arrays.asList(
          null,
          "text",
          "",
          "\u00e9 \u20ac \ud83d\ude00 \u0007 \" \\",
          0L,
          -7L,
          1L << 53,
          new BigInteger("123456789012345678901234567890"),
          0.5,
          1e300,
          true,
          false,
          List.of(),
          Map.of(),
          List.of(1L, "two", List.of(3L), false),
          Map.of("n", Map.of("deep", List.of(1.25, "\u00fc"))));

  /** Shapes of 1 to 4 dimensions. */
  static final List<List<Integer>> SHAPES =
      List.of(List.of(7), List.of(3, 5), List.of(2, 3, 4), List.of(2, 3, 2, 5));

  private Samples() {}

  /** Picture {@code k} of the test pattern. */
  static Frame picture(long k, PixelFormat space) {
    Frame frame = Frame.allocate(FrameFormat.of(WIDTH, HEIGHT, space));
    TestPattern.fill(frame, k);
    return frame;
  }

  /** Array {@code k}: element i is (31 i + k) mod 101, as a boolean mod 2. */
  static Frame array(long k, ElementType type, List<Integer> shape) {
    Frame frame =
        Frame.allocate(FrameFormat.array(type, shape.stream().mapToInt(i -> i).toArray()));
    ByteBuffer bytes = frame.pixels();
    for (int i = 0; i < bytes.capacity() / type.bytes(); i++) {
      int value = (int) ((31L * i + k) % 101);
      int at = i * type.bytes();
      switch (type) {
        case BOOL -> bytes.put(at, (byte) (value % 2));
        case UINT8, INT8 -> bytes.put(at, (byte) value);
        case UINT16, INT16 -> bytes.putShort(at, (short) value);
        case UINT32, INT32 -> bytes.putInt(at, value);
        case UINT64, INT64 -> bytes.putLong(at, value);
        case FLOAT16 -> bytes.putShort(at, half(value));
        case FLOAT32 -> bytes.putFloat(at, value);
        case FLOAT64 -> bytes.putDouble(at, value);
      }
    }
    return frame;
  }

  /** IEEE half precision of a whole number from 0 to 2047. */
  private static short half(int value) {
    if (value == 0) {
      return 0;
    }
    int exponent = 31 - Integer.numberOfLeadingZeros(value);
    return (short) ((exponent + 15) << 10 | (value << (10 - exponent) & 0x3FF));
  }

  static byte[] bytes(Frame frame) {
    byte[] bytes = new byte[frame.format().byteSize()];
    frame.pixels().get(0, bytes);
    return bytes;
  }
}
