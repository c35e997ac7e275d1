package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Between frames and OpenCV's {@link Mat}, without a copy in either direction: both have rows of
 * bytes with a stride.
 *
 * <p>Needs OpenCV's native library, {@code org.bytedeco:opencv} with the classifier of the
 * platform; nothing else in this package does.
 */
public final class MatFrames {
  private MatFrames() {}

  /**
   * A Mat over the memory of a picture: {@code CV_8UC1}, {@code CV_8UC3} or {@code CV_8UC4}, with
   * the frame's stride as its step. What is written to the one is seen in the other.
   *
   * <p>The Mat keeps the memory of {@link Frame#allocate} alive; memory that came from elsewhere
   * (such as {@code ReceivedFrame}) must outlive it.
   */
  public static Mat mat(Frame frame) {
    FrameFormat format = frame.format();
    int type = opencv_core.CV_MAKETYPE(opencv_core.CV_8U, format.pixelFormat().bytesPerPixel());
    BytePointer memory = new BytePointer(frame.pixels().duplicate().position(0));
    return new Mat(format.height(), format.width(), type, memory, format.stride());
  }

  /**
   * A frame over the memory of a Mat, also of a part of one ({@code mat.apply(rectangle)}): the
   * Mat's step is the frame's stride.
   *
   * <p><b>The frame does not keep the Mat alive:</b> hold the Mat, and do not let it allocate anew,
   * for as long as the frame is used; {@link Frame#copy} what must stay.
   *
   * @param pixels what the channels mean; as many as the Mat has
   * @throws IllegalArgumentException if the Mat is empty, has not two dimensions, or its elements
   *     are not unsigned bytes in that number of channels
   */
  public static Frame frame(Mat mat, PixelFormat pixels) {
    if (mat.empty() || mat.dims() != 2) {
      throw new IllegalArgumentException("The Mat is empty or has not two dimensions.");
    }
    if (mat.depth() != opencv_core.CV_8U || mat.channels() != pixels.bytesPerPixel()) {
      throw new IllegalArgumentException(
          "A frame of "
              + pixels
              + " is made of a Mat of CV_8UC"
              + pixels.bytesPerPixel()
              + ", this one has depth "
              + mat.depth()
              + " and "
              + mat.channels()
              + " channels: use Mat.convertTo or cvtColor first.");
    }
    FrameFormat format =
        FrameFormat.of(mat.cols(), mat.rows(), pixels)
            .withStride(
                mat.rows() == 1 ? mat.cols() * mat.channels() : Math.toIntExact(mat.step()));
    ByteBuffer memory = new BytePointer(mat.data()).capacity(format.byteSize()).asByteBuffer();
    return Frame.wrap(format, memory);
  }

  /** {@link #frame(Mat, PixelFormat)} by OpenCV's habit: GRAY, BGR or BGRA by the channels. */
  public static Frame frame(Mat mat) {
    PixelFormat pixels = PixelFormat.ofChannels(mat.channels());
    if (pixels == null) {
      throw new IllegalArgumentException(
          "A frame has 1, 3 or 4 channels, the Mat has " + mat.channels() + ".");
    }
    return frame(mat, pixels);
  }
}
