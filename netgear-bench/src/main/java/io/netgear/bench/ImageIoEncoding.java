package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.video.javacv.ImageFrames;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/**
 * Encoding with the JDK's writer at the same quality and sampling. Its quality of 0.9 scales the
 * standard tables as libjpeg's 90 does.
 */
final class ImageIoEncoding implements JpegImplementation.Encoding {
  private static final String METADATA = "javax_imageio_jpeg_image_1.0";

  /** The markers and tables of a picture of a few pixels are longer than these. */
  private static final int HEADER_BYTES = 4096;

  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
  private final ImageWriteParam settings = writer.getDefaultWriteParam();
  private final List<IIOImage> images = new ArrayList<>();
  private final ArrayOutput output;

  ImageIoEncoding(List<Frame> frames, Jpeg jpeg) {
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(jpeg.quality() / 100f);
    FrameFormat format = frames.get(0).format();
    output = new ArrayOutput(HEADER_BYTES + format.byteSize());
    for (Frame frame : frames) {
      var size = new PictureSize(format.width(), format.height());
      BufferedImage image = JavaImages.of(size, format.pixelFormat());
      ImageFrames.copy(frame, image);
      boolean gray = format.pixelFormat() == PixelFormat.GRAY;
      images.add(new IIOImage(image, null, gray ? null : sampled(image, jpeg.subsampling())));
    }
  }

  private IIOMetadata sampled(BufferedImage image, Subsampling sampling) {
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), settings);
    var root = (IIOMetadataNode) metadata.getAsTree(METADATA);
    var luma = (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
    luma.setAttribute("HsamplingFactor", horizontal(sampling));
    luma.setAttribute("VsamplingFactor", vertical(sampling));
    try {
      metadata.setFromTree(METADATA, root);
    } catch (IOException e) {
      throw new IllegalStateException("ImageIO takes no sampling of " + sampling.label() + ".", e);
    }
    return metadata;
  }

  private static String horizontal(Subsampling sampling) {
    return switch (sampling) {
      case S444, S440 -> "1";
      case S422, S420 -> "2";
      case S411 -> "4";
      case GRAY -> throw onlyGray();
    };
  }

  private static String vertical(Subsampling sampling) {
    return switch (sampling) {
      case S444, S422, S411 -> "1";
      case S420, S440 -> "2";
      case GRAY -> throw onlyGray();
    };
  }

  private static IllegalArgumentException onlyGray() {
    return new IllegalArgumentException(
        "ImageIO makes gray JPEGs of gray pixels only: measure pixels=GRAY.");
  }

  @Override
  public int encode(int index) throws IOException {
    output.rewind();
    writer.setOutput(output);
    writer.write(null, images.get(index), settings);
    return (int) output.length();
  }

  @Override
  public void close() {
    writer.dispose();
  }
}
