package io.netgear.bench;

import io.netgear.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Decoding with the JDK's reader, into one image again and again. */
final class ImageIoDecoding implements JpegImplementation.Decoding {
  private final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
  private final ImageReadParam settings = reader.getDefaultReadParam();
  private final List<ArrayInput> inputs = new ArrayList<>();
  private final BufferedImage destination;

  ImageIoDecoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels) {
    for (ByteBuffer jpeg : jpegs) {
      byte[] bytes = new byte[jpeg.remaining()];
      jpeg.get(jpeg.position(), bytes);
      inputs.add(new ArrayInput(bytes));
    }
    destination = JavaImages.of(size, pixels);
    settings.setDestination(destination);
  }

  @Override
  public Object decode(int index) throws IOException {
    ArrayInput input = inputs.get(index);
    input.seek(0);
    reader.setInput(input, true, true);
    return reader.read(0, settings);
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
