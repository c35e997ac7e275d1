package io.netgear.video.javacv;

import io.netgear.PixelFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Opens sources by a short text, as {@code netgear send --source} takes it. */
public final class FrameSources {
  private static final String EXPECTED =
      "Expected a video file, a picture, a folder of pictures, a camera's number or device, an"
          + " address such as rtsp://host/path, or test.";

  private FrameSources() {}

  /** {@link #open(String, SourceOptions)} with {@link SourceOptions#defaults()}. */
  public static FrameSource open(String spec) {
    return open(spec, SourceOptions.defaults());
  }

  /**
   * Opens a source and reads its first frame, so that its format is known.
   *
   * <ul>
   *   <li>{@code test}, {@code test:640x480}, {@code test:1280x720@30}: {@link TestPattern},
   *       endless
   *   <li>{@code 0}, {@code /dev/video0}: a camera
   *   <li>{@code rtsp://...}, {@code http://...} and whatever else FFmpeg can open
   *   <li>a folder: its pictures (jpg, png, bmp, gif, tif), {@code frame9} before {@code frame10}
   *   <li>a file: a picture, or a video that FFmpeg can read, raw H.264 included
   * </ul>
   *
   * <p>Frames are packed or padded {@link PixelFormat#BGR}, unless the options say otherwise.
   *
   * @throws IllegalArgumentException if the text cannot be meant, such as {@code test:1x}
   * @throws VideoException if there is no such file, camera or server, or no video in it
   */
  public static FrameSource open(String spec, SourceOptions options) {
    if (spec.isBlank()) {
      throw new IllegalArgumentException("The source is empty. " + EXPECTED);
    }
    if (spec.equals("test") || spec.startsWith("test:")) {
      boolean converts = options.conversion() != null || options.wantedFormat() == null;
      PixelFormat pixels = converts ? PixelFormat.BGR : options.wantedFormat();
      return finish(TestPatternSource.parse(spec, pixels), options, false, true);
    }
    if (Camera.isCamera(spec)) {
      return finish(Camera.open(spec, options), options, true, false);
    }
    if (spec.contains("://") && !spec.startsWith("file://")) {
      return finish(FfmpegSource.url(spec, options), options, true, false);
    }
    return finish(openPath(path(spec), options), options, false, options.atOwnRate());
  }

  private static Path path(String spec) {
    try {
      return spec.startsWith("file://") ? Path.of(java.net.URI.create(spec)) : Path.of(spec);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("The source '" + spec + "' is no path. " + EXPECTED, e);
    }
  }

  private static FrameSource openPath(Path path, SourceOptions options) {
    if (Files.isDirectory(path)) {
      return ImageSource.ofFolder(path, options.loops());
    }
    if (!Files.exists(path)) {
      throw new VideoException("There is no file '" + path + "'. " + EXPECTED);
    }
    if (!Files.isReadable(path)) {
      throw new VideoException("The file '" + path + "' may not be read by this user.");
    }
    if (isEmpty(path)) {
      throw new VideoException("The file '" + path + "' is empty.");
    }
    return ImageSource.isPicture(path)
        ? ImageSource.ofFile(path, options.loops())
        : FfmpegSource.file(path, options);
  }

  private static boolean isEmpty(Path path) {
    try {
      return Files.isRegularFile(path) && Files.size(path) == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FrameSource finish(
      FrameSource source, SourceOptions options, boolean live, boolean ownRate) {
    OptionalDouble rate = source.framesPerSecond();
    Pacer pacer = null;
    if (options.rate() != null) {
      pacer = options.rate() == 0 ? null : Pacer.perSecond(options.rate());
    } else if (ownRate && rate.isPresent()) {
      pacer = Pacer.perSecond(rate.getAsDouble());
    }
    return new ProcessedSource(source, options, live, pacer);
  }
}
