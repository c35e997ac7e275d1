package io.netgear.bench;

import io.netgear.PixelFormat;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Images of the JDK whose bytes lie as a frame's do, so that both sides read the same memory. */
final class JavaImages {
  private JavaImages() {}

  /**
   * An empty image; filler and alpha are left out of its bands.
   *
   * @throws IllegalArgumentException for CMYK, which Java has no colour model for
   */
  static BufferedImage of(PictureSize size, PixelFormat pixels) {
    return switch (pixels) {
      case BGR -> new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR);
      case GRAY -> new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_BYTE_GRAY);
      case CMYK ->
          throw new IllegalArgumentException("ImageIO has no CMYK: measure another format.");
      default -> interleaved(size, pixels);
    };
  }

  private static BufferedImage interleaved(PictureSize size, PixelFormat pixels) {
    String order = pixels.name();
    int[] bands = {order.indexOf('R'), order.indexOf('G'), order.indexOf('B')};
    int step = pixels.bytesPerPixel();
    WritableRaster raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE,
            size.width(),
            size.height(),
            size.width() * step,
            step,
            bands,
            null);
    var colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(colors, raster, false, null);
  }
}
