package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** OpenCV's imencode and imdecode, from and to the memory that the others work on. */
final class OpenCv {
  private static final Optional<String> MISSING = load();

  private OpenCv() {}

  private static Optional<String> load() {
    try {
      Loader.load(opencv_imgcodecs.class);
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of(
          "its natives could not be loaded (" + String.valueOf(e.getMessage()).strip() + ").");
    }
  }

  static Optional<String> missing() {
    return MISSING;
  }

  private static int type(PixelFormat pixels) {
    return switch (pixels) {
      case BGR -> opencv_core.CV_8UC3;
      case GRAY -> opencv_core.CV_8UC1;
      default ->
          throw new IllegalArgumentException(
              "OpenCV makes JPEGs of BGR and GRAY, got " + pixels + ".");
    };
  }

  private static int sampling(Subsampling sampling) {
    return switch (sampling) {
      case S444 -> opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;
      case S422 -> opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_422;
      case S420 -> opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420;
      case S440 -> opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_440;
      case S411 -> opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_411;
      case GRAY ->
          throw new IllegalArgumentException(
              "OpenCV makes gray JPEGs of gray pixels only: measure pixels=GRAY.");
    };
  }

  static JpegImplementation.Encoding encoding(List<Frame> frames, Jpeg jpeg) {
    PixelFormat pixels = frames.get(0).format().pixelFormat();
    int type = type(pixels);
    List<Mat> images =
        frames.stream()
            .map(
                frame ->
                    new Mat(
                        frame.format().height(),
                        frame.format().width(),
                        type,
                        new BytePointer(frame.pixels()),
                        frame.format().stride()))
            .toList();
    int[] settings = {
      opencv_imgcodecs.IMWRITE_JPEG_QUALITY,
      jpeg.quality(),
      opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
      pixels == PixelFormat.GRAY
          ? opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444
          : sampling(jpeg.subsampling())
    };
    return new Encoder(images, new IntPointer(settings));
  }

  static JpegImplementation.Decoding decoding(
      List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels) {
    List<Mat> inputs =
        jpegs.stream()
            .map(
                jpeg -> new Mat(1, jpeg.remaining(), opencv_core.CV_8UC1, new BytePointer(jpeg), 0))
            .toList();
    int colours =
        pixels == PixelFormat.GRAY
            ? opencv_imgcodecs.IMREAD_GRAYSCALE
            : opencv_imgcodecs.IMREAD_COLOR;
    return new Decoder(inputs, colours, new Mat(size.height(), size.width(), type(pixels)));
  }

  private record Encoder(List<Mat> images, IntPointer settings)
      implements JpegImplementation.Encoding {
    @Override
    public int encode(int index) {
      try (BytePointer output = new BytePointer()) {
        if (!opencv_imgcodecs.imencode(".jpg", images.get(index), output, settings)) {
          throw new IllegalStateException("OpenCV could not encode.");
        }
        return (int) output.limit();
      }
    }

    @Override
    public void close() {
      images.forEach(Mat::close);
      settings.close();
    }
  }

  private record Decoder(List<Mat> inputs, int colours, Mat destination)
      implements JpegImplementation.Decoding {
    @Override
    public Object decode(int index) {
      Mat decoded = opencv_imgcodecs.imdecode(inputs.get(index), colours, destination);
      if (decoded.empty()) {
        throw new IllegalStateException("OpenCV could not decode.");
      }
      decoded.close();
      return destination;
    }

    @Override
    public void close() {
      inputs.forEach(Mat::close);
      destination.close();
    }
  }
}
