package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Takes pixels from one byte order to another, in plain Java, with the same result on every
 * machine.
 *
 * <p>Luma is computed as OpenCV does, {@code (9798 R + 19235 G + 3735 B + 16384) >> 15}. Alpha is
 * kept between formats that have it and is 255 otherwise; filler is 255. CMYK is as in JPEG files,
 * 255 for no ink.
 *
 * @param from how the bytes are read
 * @param to how they are written
 */
public record ColorConversion(PixelFormat from, PixelFormat to) {
  private static final String PREFIX = "COLOR_";

  /** Checks that both are there. */
  public ColorConversion {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  /**
   * The conversion of OpenCV's name, such as {@code COLOR_BGR2GRAY}, in any case and with or
   * without {@code COLOR_}. Any two of the twelve {@link PixelFormat}s can be named.
   *
   * @throws IllegalArgumentException for any other name, listing the formats
   */
  public static ColorConversion parse(String name) {
    String bare = name.strip().toUpperCase(Locale.ROOT);
    bare = bare.startsWith(PREFIX) ? bare.substring(PREFIX.length()) : bare;
    int two = bare.indexOf('2');
    if (two < 0) {
      throw unknown(name);
    }
    return new ColorConversion(
        format(name, bare.substring(0, two)), format(name, bare.substring(two + 1)));
  }

  private static PixelFormat format(String name, String part) {
    for (PixelFormat format : PixelFormat.values()) {
      if (format.name().equals(part)) {
        return format;
      }
    }
    throw unknown(name);
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "There is no colour conversion '"
            + name
            + "'; use COLOR_<from>2<to>, such as COLOR_BGR2GRAY, with two of "
            + Arrays.stream(PixelFormat.values()).map(Enum::name).collect(Collectors.joining(", "))
            + ".");
  }

  /** OpenCV's name, such as {@code COLOR_BGR2GRAY}. */
  public String name() {
    return PREFIX + from + "2" + to;
  }

  /**
   * The format that a frame of {@code in} becomes, rows without padding.
   *
   * @throws IllegalArgumentException if a pixel of {@code in} has not as many bytes as one of
   *     {@link #from}
   */
  public FrameFormat outputFormat(FrameFormat in) {
    if (!in.isPicture() || in.pixelFormat().bytesPerPixel() != from.bytesPerPixel()) {
      throw new IllegalArgumentException(
          name()
              + " reads pixels of "
              + from.bytesPerPixel()
              + " bytes, the frame is "
              + in
              + ": choose a conversion from that format.");
    }
    return FrameFormat.of(in.width(), in.height(), to);
  }

  /**
   * Writes the pixels of {@code in}, read as {@link #from} whatever its format says (as OpenCV
   * does), into {@code out}. Both may have padded rows; they must not share memory.
   */
  public void convert(Frame in, Frame out) {
    FrameFormat expected = outputFormat(in.format());
    if (!out.format().isPicture() || !out.format().packed().equals(expected)) {
      throw new IllegalArgumentException(
          name()
              + " of a frame of "
              + in.format()
              + " gives "
              + expected
              + ", not "
              + out.format());
    }
    byte[] source = new byte[in.format().rowBytes()];
    byte[] target = new byte[out.format().rowBytes()];
    for (int y = 0; y < expected.height(); y++) {
      in.pixels().get(y * in.format().stride(), source);
      PixelRows.convert(from, source, 0, to, target, 0, expected.width());
      out.pixels().put(y * out.format().stride(), target);
    }
  }

  /** As {@link #convert(Frame, Frame)}, into fresh memory. */
  public Frame convert(Frame in) {
    Frame out = Frame.allocate(outputFormat(in.format()));
    convert(in, out);
    return out;
  }
}
