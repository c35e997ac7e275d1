package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row of frames: a file, a camera, a stream, a folder of pictures or the test pattern. Opened by
 * {@link FrameSources}.
 *
 * <p>Belongs to one thread, except for {@link #close}, which may be called from any.
 */
public interface FrameSource extends AutoCloseable {
  /**
   * The next frame, waiting for it where the source is live or paced.
   *
   * <p>The frame belongs to the source and <b>its pixels are valid until the next call of {@code
   * next} or {@code close}</b>: send it, or {@link Frame#copy} it. It must not be changed.
   *
   * @return empty at the end of the source and after {@code close}
   * @throws VideoException if what comes next cannot be read; and after the last frame, if the
   *     source is over before the end that it announces, such as a file that is cut off
   */
  Optional<Frame> next();

  /** The format of the frame returned last; before the first, of the one to come. */
  FrameFormat format();

  /**
   * How many frames per second this source has by its own account; empty for pictures and where a
   * stream does not say.
   */
  OptionalDouble framesPerSecond();

  /**
   * What is being read, for people: {@code walkers.mp4, 768x432 at 10 frames/s}. Never a password.
   */
  String description();

  /**
   * Lets go of the file, device or connection. Closing twice does nothing. If another thread is in
   * {@link #next}, waits until that frame is there or has failed.
   */
  @Override
  void close();
}
