package io.netgear.video.javacv;

import io.netgear.ReceivedFrame;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Keeps received JPEGs as they came, byte for byte: in an AVI (Motion JPEG) or in a folder of
 * {@code frame-000001.jpg} and so on.
 *
 * <p>An AVI has one picture size and one frame rate. Frames are placed on its time line by their
 * times: where some are missing, the picture before stands longer. When the size changes, recording
 * goes on in another file, {@code name-2.avi}. Each frame is written out at once; a recording that
 * was never closed plays, but has no index.
 *
 * <p>AVI is written by FFmpeg, which is loaded for it; a folder needs nothing. Methods may be
 * called from any thread, one at a time.
 */
public final class JpegRecorder implements AutoCloseable {
  private static final List<String> OTHER_VIDEOS =
      List.of(".mp4", ".mkv", ".mov", ".webm", ".m4v", ".mpg", ".ts", ".wmv", ".flv");

  /** Where the bytes go. */
  interface Sink extends AutoCloseable {
    void write(ByteBuffer jpeg, Instant at);

    @Override
    void close();
  }

  private final Sink sink;
  private long frames;
  private boolean closed;

  private JpegRecorder(Sink sink) {
    this.sink = sink;
  }

  /**
   * Records to {@code target} with a frame rate measured from the first frames, up to 30 or two
   * seconds of them, which are held in memory meanwhile, and put right at the end.
   *
   * @see #open(Path, double)
   */
  public static JpegRecorder open(Path target) {
    return new JpegRecorder(
        isAvi(target)
            ? new MeasuredSink(rate -> new AviSink(target, rate, true))
            : new FolderSink(target));
  }

  /**
   * Records to {@code target}: an AVI if its name ends in {@code .avi}, else a folder, made if
   * needed, in which the numbers go on after the highest that is there.
   *
   * @param framesPerSecond of the AVI; more than 0
   * @throws VideoException if the AVI exists already, or cannot be written
   */
  public static JpegRecorder open(Path target, double framesPerSecond) {
    if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
      throw new IllegalArgumentException(
          "Frames per second are more than 0 and at most 1000, got " + framesPerSecond + ".");
    }
    return new JpegRecorder(
        isAvi(target) ? new AviSink(target, framesPerSecond, false) : new FolderSink(target));
  }

  private static boolean isAvi(Path target) {
    String name = target.toString().toLowerCase(Locale.ROOT);
    boolean avi = name.endsWith(".avi");
    if (OTHER_VIDEOS.stream().anyMatch(name::endsWith) && !Files.isDirectory(target)) {
      throw new IllegalArgumentException(
          "Cannot record to '"
              + target
              + "': received JPEGs are kept as they are, in a file that ends in .avi or in a folder; name one of these.");
    }
    if (avi && Files.exists(target)) {
      throw new VideoException(
          "'" + target + "' exists already: choose another name, or remove it first.");
    }
    Path parent = target.toAbsolutePath().getParent();
    if (avi && !Files.isDirectory(parent)) {
      throw new VideoException(
          "Cannot record to '" + target + "': there is no folder '" + parent + "'.");
    }
    return avi;
  }

  /**
   * Records one frame with the time that it was sent at, or arrived at where the sender did not
   * say.
   *
   * @throws IllegalStateException if the receiver was not opened with {@code keepEncoded()} or
   *     {@code encodedOnly()}, so that the frame's bytes are gone
   * @throws VideoException if the frame did not come as a JPEG
   */
  public void write(ReceivedFrame frame) {
    ByteBuffer bytes =
        frame
            .encoded()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The frame's bytes were not kept: open the receiver with keepEncoded()."));
    if (!frame.encoding().equals("jpeg")) {
      throw new VideoException(
          "Frames arrive as '"
              + frame.encoding()
              + "', only JPEG can be recorded: switch the sender's compression on.");
    }
    write(bytes, frame.sentAt().orElseGet(frame::receivedAt));
  }

  /**
   * Records one JPEG: the bytes between the buffer's position and limit, which stay.
   *
   * @param at when the picture was made, or sent
   * @throws VideoException if this is no JPEG, or it cannot be written
   */
  public synchronized void write(ByteBuffer jpeg, Instant at) {
    if (closed) {
      throw new IllegalStateException("The recording is closed.");
    }
    sink.write(jpeg.duplicate(), at);
    frames++;
  }

  /** How many frames were recorded. */
  public synchronized long frames() {
    return frames;
  }

  /** Finishes the file. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      sink.close();
    }
  }
}
