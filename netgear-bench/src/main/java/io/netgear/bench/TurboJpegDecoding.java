package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.codec.turbojpeg.TurboJpegCodec;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import java.nio.ByteBuffer;
import java.util.List;

/** Decoding as {@code recv} does it: the header is read first, then the pixels. */
final class TurboJpegDecoding implements JpegImplementation.Decoding {
  private final FrameDecoder decoder;
  private final List<ByteBuffer> jpegs;
  private final Encoding encoding;
  private final Frame output;

  TurboJpegDecoding(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
    this.jpegs = jpegs;
    decoder = new TurboJpegCodec().decoder(new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS));
    encoding = Encoding.jpeg(pixels, jpeg.fastDct(), jpeg.fastUpsample());
    output = Frame.allocate(FrameFormat.of(size.width(), size.height(), pixels));
  }

  @Override
  public Object decode(int index) {
    ByteBuffer jpeg = jpegs.get(index);
    if (!decoder.probe(jpeg, encoding).equals(output.format())) {
      throw new IllegalStateException("The JPEG is not of " + output.format() + ".");
    }
    decoder.decode(jpeg, encoding, output);
    return output;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
