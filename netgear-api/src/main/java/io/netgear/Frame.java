package io.netgear;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Pixels in a direct buffer, with the format that says what they mean.
 *
 * <p>The buffer belongs to whoever made the frame. {@code send} only reads it and is done with it
 * on return, so one frame can be filled and sent again and again. A frame is not synchronised: do
 * not write it while another thread sends it.
 */
public final class Frame {
  private final FrameFormat format;
  private final ByteBuffer pixels;

  private Frame(FrameFormat format, ByteBuffer pixels) {
    this.format = format;
    this.pixels = pixels;
  }

  /**
   * A frame of zeros in fresh direct memory, given back when the frame is garbage. Costly: make one
   * and reuse it.
   */
  public static Frame allocate(FrameFormat format) {
    return new Frame(
        format, ByteBuffer.allocateDirect(format.byteSize()).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * A frame over the remaining bytes of {@code pixels}, without a copy.
   *
   * @param pixels a direct buffer with {@link FrameFormat#byteSize()} bytes between position and
   *     limit, or up to one row's padding more, that any thread may read: a transport's does
   */
  public static Frame wrap(FrameFormat format, ByteBuffer pixels) {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(pixels, "pixels");
    if (!pixels.isDirect()) {
      throw new IllegalArgumentException(
          "A frame lives in a direct buffer, this one is on the Java heap: use Frame.copyOf, or ByteBuffer.allocateDirect.");
    }
    requireSize(format, pixels.remaining());
    return new Frame(format, pixels.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * A frame in fresh direct memory with the bytes of {@code pixels}, which are laid out as {@code
   * format} says.
   */
  public static Frame copyOf(FrameFormat format, byte[] pixels) {
    requireSize(format, pixels.length);
    Frame frame = allocate(format);
    frame.pixels.put(0, pixels, 0, format.byteSize());
    return frame;
  }

  /** What the bytes mean. */
  public FrameFormat format() {
    return format;
  }

  /**
   * The bytes, little-endian, from index 0 to {@link FrameFormat#byteSize()}. Always the same
   * buffer object: use absolute access, or {@code duplicate()} it before moving its position.
   */
  public ByteBuffer pixels() {
    return pixels;
  }

  /** A copy in fresh direct memory, without padding. */
  public Frame copy() {
    Frame copy = allocate(format.packed());
    copy.fill(this);
    return copy;
  }

  /**
   * Copies the elements of {@code source}, which has the same shape, into this frame; either may
   * have padded rows.
   */
  public void fill(Frame source) {
    if (!format.packed().equals(source.format.packed())) {
      throw new IllegalArgumentException(
          "Cannot copy " + source.format + " into a frame of " + format + ".");
    }
    if (format.isPacked() && source.format.isPacked()) {
      pixels.put(0, source.pixels, 0, format.byteSize());
      return;
    }
    for (int row = 0; row < format.rows(); row++) {
      pixels.put(
          row * format.stride(), source.pixels, row * source.format.stride(), format.rowBytes());
    }
  }

  @Override
  public String toString() {
    return "Frame " + format;
  }

  private static void requireSize(FrameFormat format, int available) {
    int needed = format.byteSize();
    if (available >= needed
        && available <= Math.max(needed, (long) format.stride() * format.rows())) {
      return;
    }
    String hint = "";
    if (format.isPicture() && available > needed && available % format.height() == 0) {
      hint = ": rows look padded to " + available / format.height() + " bytes - set that stride";
    }
    throw new IllegalArgumentException(
        "Frame "
            + format
            + " needs "
            + needed
            + " bytes, the buffer holds "
            + available
            + hint
            + ".");
  }
}
