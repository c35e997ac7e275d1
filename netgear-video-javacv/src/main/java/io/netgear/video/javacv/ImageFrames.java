package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.nio.ByteBuffer;

/**
 * Between frames and {@link BufferedImage}s.
 *
 * <p>A frame lives in direct memory and the pixels of Java's own image types on the heap, so {@link
 * #image} and {@link #frame} copy, a row at a time. {@link #view} shares: an image over the memory
 * of a frame.
 */
public final class ImageFrames {
  private ImageFrames() {}

  /**
   * An image with a copy of the pixels: {@code TYPE_BYTE_GRAY} for GRAY, {@code TYPE_4BYTE_ABGR}
   * where there is alpha, {@code TYPE_3BYTE_BGR} for all else.
   */
  public static BufferedImage image(Frame frame) {
    FrameFormat format = frame.format();
    int type =
        format.pixelFormat() == PixelFormat.GRAY
            ? BufferedImage.TYPE_BYTE_GRAY
            : PixelLayout.hasAlpha(format.pixelFormat())
                ? BufferedImage.TYPE_4BYTE_ABGR
                : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(format.width(), format.height(), type);
    copy(frame, image);
    return image;
  }

  /** A packed frame with a copy of the image's pixels: GRAY, BGR, or ABGR where there is alpha. */
  public static Frame frame(BufferedImage image) {
    Frame frame =
        Frame.allocate(FrameFormat.of(image.getWidth(), image.getHeight(), naturalFormat(image)));
    copy(image, frame);
    return frame;
  }

  /** The pixel format that keeps everything that an 8-bit image of this kind has. */
  static PixelFormat naturalFormat(BufferedImage image) {
    if (image.getColorModel().hasAlpha()) {
      return PixelFormat.ABGR;
    }
    return isGray(image) ? PixelFormat.GRAY : PixelFormat.BGR;
  }

  private static boolean isGray(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && image.getRaster().getNumBands() == 1;
  }

  /**
   * Copies pixels into an image of the same size. {@code TYPE_3BYTE_BGR}, {@code TYPE_4BYTE_ABGR}
   * and {@code TYPE_BYTE_GRAY} are fast; other types go through their colour model.
   */
  public static void copy(Frame frame, BufferedImage image) {
    FrameFormat format = frame.format();
    requireSameSize(format, image);
    int width = format.width();
    PixelFormat from = format.pixelFormat();
    byte[] row = new byte[format.rowBytes()];
    ByteRows target = ByteRows.of(image);
    byte[] argb = new byte[width * 4];
    int[] pixels = new int[width];
    for (int y = 0; y < format.height(); y++) {
      frame.pixels().get(y * format.stride(), row);
      if (target != null) {
        PixelRows.convert(from, row, 0, target.pixels, target.bytes, target.offset(y), width);
      } else {
        PixelRows.convert(from, row, 0, PixelFormat.ARGB, argb, 0, width);
        ByteBuffer.wrap(argb).asIntBuffer().get(pixels);
        image.setRGB(0, y, width, 1, pixels, 0, width);
      }
    }
  }

  /**
   * Copies an image into a frame of the same size and any pixel format. Samples of 16 bits lose the
   * lower 8; images of one gray band are taken by their samples, without gamma.
   */
  public static void copy(BufferedImage image, Frame frame) {
    FrameFormat format = frame.format();
    requireSameSize(format, image);
    int width = format.width();
    byte[] row = new byte[format.rowBytes()];
    ByteRows source = ByteRows.of(image);
    boolean gray = source == null && isGray(image);
    int shift = gray ? Math.max(0, image.getSampleModel().getSampleSize(0) - 8) : 0;
    int low = gray ? image.getSampleModel().getSampleSize(0) : 8;
    byte[] argb = new byte[width * 4];
    int[] pixels = new int[width];
    for (int y = 0; y < format.height(); y++) {
      if (source != null) {
        PixelRows.convert(
            source.pixels, source.bytes, source.offset(y), format.pixelFormat(), row, 0, width);
      } else if (gray) {
        image.getRaster().getSamples(0, y, width, 1, 0, pixels);
        for (int x = 0; x < width; x++) {
          int sample = low < 8 ? pixels[x] * 255 / ((1 << low) - 1) : pixels[x] >> shift;
          argb[x] = (byte) sample;
        }
        PixelRows.convert(PixelFormat.GRAY, argb, 0, format.pixelFormat(), row, 0, width);
      } else {
        image.getRGB(0, y, width, 1, pixels, 0, width);
        ByteBuffer.wrap(argb).asIntBuffer().put(pixels);
        PixelRows.convert(PixelFormat.ARGB, argb, 0, format.pixelFormat(), row, 0, width);
      }
      frame.pixels().put(y * format.stride(), row);
    }
  }

  /**
   * An image over the frame's own memory: what is drawn on the one is seen in the other. Keeps the
   * memory of {@link Frame#allocate} alive; memory that came from elsewhere ({@code ReceivedFrame},
   * a {@code Mat}) must outlive the image.
   *
   * <p>Every pixel goes through a method call, so large drawings are several times slower than on a
   * copy. Java draws gray images through a linear colour space: {@code getRGB} of a GRAY view is
   * brighter than its samples.
   *
   * @throws IllegalArgumentException for CMYK, which Java has no colour model for
   */
  public static BufferedImage view(Frame frame) {
    FrameFormat format = frame.format();
    PixelFormat pixels = format.pixelFormat();
    PixelLayout layout = PixelLayout.of(pixels);
    if (layout == null) {
      throw new IllegalArgumentException(
          "Java has no colour model for CMYK: convert the frame first, with COLOR_CMYK2BGR.");
    }
    boolean alpha = PixelLayout.hasAlpha(pixels);
    int[] offsets;
    if (pixels == PixelFormat.GRAY) {
      offsets = new int[] {0};
    } else if (alpha) {
      offsets = new int[] {layout.red(), layout.green(), layout.blue(), layout.fourth()};
    } else {
      offsets = new int[] {layout.red(), layout.green(), layout.blue()};
    }
    ColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(
                pixels == PixelFormat.GRAY ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            alpha,
            false,
            alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
            DataBuffer.TYPE_BYTE);
    var samples =
        new PixelInterleavedSampleModel(
            DataBuffer.TYPE_BYTE,
            format.width(),
            format.height(),
            pixels.bytesPerPixel(),
            format.stride(),
            offsets);
    return new BufferedImage(
        colors, Raster.createWritableRaster(samples, new FrameMemory(frame), null), false, null);
  }

  private static void requireSameSize(FrameFormat format, BufferedImage image) {
    if (format.width() != image.getWidth() || format.height() != image.getHeight()) {
      throw new IllegalArgumentException(
          "The frame is "
              + format
              + ", the image "
              + image.getWidth()
              + "x"
              + image.getHeight()
              + ": they must be of one size.");
    }
  }

  /** The bytes of a {@link Frame} as the buffer of an image. */
  private static final class FrameMemory extends DataBuffer {
    private final ByteBuffer bytes;

    FrameMemory(Frame frame) {
      super(TYPE_BYTE, frame.format().byteSize());
      bytes = frame.pixels();
    }

    @Override
    public int getElem(int bank, int i) {
      return bytes.get(i) & 255;
    }

    @Override
    public void setElem(int bank, int i, int value) {
      bytes.put(i, (byte) value);
    }
  }

  /** The array below an image whose pixels lie in bytes in an order of ours. */
  private static final class ByteRows {
    final PixelFormat pixels;
    final byte[] bytes;
    private final int start;
    private final int stride;

    private ByteRows(PixelFormat pixels, byte[] bytes, int start, int stride) {
      this.pixels = pixels;
      this.bytes = bytes;
      this.start = start;
      this.stride = stride;
    }

    static ByteRows of(BufferedImage image) {
      PixelFormat pixels =
          switch (image.getType()) {
            case BufferedImage.TYPE_3BYTE_BGR -> PixelFormat.BGR;
            case BufferedImage.TYPE_4BYTE_ABGR -> PixelFormat.ABGR;
            case BufferedImage.TYPE_BYTE_GRAY -> PixelFormat.GRAY;
            default -> null;
          };
      if (pixels == null
          || !(image.getRaster().getDataBuffer() instanceof DataBufferByte data)
          || !(image.getSampleModel() instanceof PixelInterleavedSampleModel samples)) {
        return null;
      }
      Raster raster = image.getRaster();
      int stride = samples.getScanlineStride();
      // a sub-image starts inside its parent's array
      int start =
          data.getOffset()
              - raster.getSampleModelTranslateY() * stride
              - raster.getSampleModelTranslateX() * samples.getPixelStride();
      return new ByteRows(pixels, data.getData(), start, stride);
    }

    int offset(int y) {
      return start + y * stride;
    }
  }
}
