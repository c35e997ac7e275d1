package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * Between frames and JavaCV's {@link org.bytedeco.javacv.Frame}, without a copy in either
 * direction. Needs no native library.
 */
public final class JavaCvFrames {
  private JavaCvFrames() {}

  /**
   * JavaCV's frame over the memory of a picture, with the same stride. It keeps the frame reachable
   * ({@code opaque}) and so the memory of {@link Frame#allocate} alive; memory that came from
   * elsewhere (such as {@code ReceivedFrame}) must outlive it.
   *
   * <p>JavaCV does not note the order of channels; most of it expects BGR.
   */
  public static org.bytedeco.javacv.Frame javaCv(Frame frame) {
    FrameFormat format = frame.format();
    var made = new org.bytedeco.javacv.Frame();
    made.imageWidth = format.width();
    made.imageHeight = format.height();
    made.imageDepth = org.bytedeco.javacv.Frame.DEPTH_UBYTE;
    made.imageChannels = format.pixelFormat().bytesPerPixel();
    made.imageStride = format.stride();
    made.image = new Buffer[] {frame.pixels().duplicate().position(0)};
    made.opaque = frame;
    return made;
  }

  /**
   * A frame over the memory of JavaCV's picture, with its stride.
   *
   * <p><b>It is valid for as long as JavaCV's own frame is</b>: a grabber writes its next picture
   * into the same memory. {@link Frame#copy} what must stay.
   *
   * @param pixels what the channels mean; as many as the picture has
   * @throws IllegalArgumentException if there is no picture in it, or not one of unsigned bytes in
   *     that number of channels in direct memory
   */
  public static Frame frame(org.bytedeco.javacv.Frame source, PixelFormat pixels) {
    if (source.image == null || source.image.length != 1) {
      throw new IllegalArgumentException(
          "JavaCV's frame has no picture in one plane: is it sound, or of ImageMode.RAW?");
    }
    if (!(source.image[0] instanceof ByteBuffer memory)
        || source.imageDepth != org.bytedeco.javacv.Frame.DEPTH_UBYTE
        || source.imageChannels != pixels.bytesPerPixel()) {
      throw new IllegalArgumentException(
          "A frame of "
              + pixels
              + " is made of a picture of unsigned bytes in "
              + pixels.bytesPerPixel()
              + " channels, JavaCV's has depth "
              + source.imageDepth
              + " and "
              + source.imageChannels
              + " channels.");
    }
    FrameFormat format =
        FrameFormat.of(source.imageWidth, source.imageHeight, pixels)
            .withStride(source.imageStride);
    return Frame.wrap(format, memory.duplicate().position(0).limit(format.byteSize()));
  }

  /** {@link #frame(org.bytedeco.javacv.Frame, PixelFormat)} by habit: GRAY, BGR or BGRA. */
  public static Frame frame(org.bytedeco.javacv.Frame source) {
    PixelFormat pixels = PixelFormat.ofChannels(source.imageChannels);
    if (pixels == null) {
      throw new IllegalArgumentException(
          "A frame has 1, 3 or 4 channels, JavaCV's has " + source.imageChannels + ".");
    }
    return frame(source, pixels);
  }
}
