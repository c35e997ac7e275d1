package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;

/**
 * What FFmpeg can read, as BGR, rows as FFmpeg pads them.
 *
 * <p>The grabber writes each picture into the same memory, and so does this. At the end a looping
 * source opens its input anew: raw streams cannot seek.
 */
final class FfmpegSource implements FrameSource {
  private static final System.Logger LOG = System.getLogger(FfmpegSource.class.getName());
  private static final Pattern RAW = Pattern.compile("(?i).*\\.(h?26[45]|avc|hevc)");

  private final String input;
  private final String name;
  private final String inputFormat;
  private final String hint;

  /** Null for what is no file. */
  private final Path file;

  private final Map<String, String> options;
  private final boolean loop;
  private FFmpegFrameGrabber grabber;
  private ClipEnd end;
  private boolean toldOfDamage;
  private OptionalDouble rate;
  private FrameFormat format;
  private ByteBuffer memory;
  private Optional<Frame> frame = Optional.empty();
  private boolean ahead;
  private boolean closed;

  private FfmpegSource(
      String input,
      String inputFormat,
      String hint,
      Path file,
      Map<String, String> defaults,
      SourceOptions options) {
    this.input = input;
    this.name = Descriptions.withoutPassword(input);
    this.inputFormat = inputFormat;
    this.hint = hint;
    this.file = file;
    this.options = new TreeMap<>(defaults);
    this.options.putAll(options.ffmpeg());
    this.loop = options.loops();
    Ffmpeg.load();
    try {
      start();
      ahead = true;
    } catch (RuntimeException | Error e) { // memory that is used up is an Error
      close();
      throw e;
    }
  }

  static FfmpegSource file(Path file, SourceOptions options) {
    return new FfmpegSource(
        file.toString(), null, "Is it a video file, and whole?", file, Map.of(), options);
  }

  static FfmpegSource url(String url, SourceOptions options) {
    String micros = Long.toString(options.timeout().toNanos() / 1_000);
    // 'timeout' limits connecting and reading where a protocol knows it, 'rw_timeout' elsewhere
    Map<String, String> defaults =
        Map.of("timeout", micros, "rw_timeout", micros, "rtsp_transport", "tcp");
    return new FfmpegSource(
        url, null, "Is the server running, and is the address right?", null, defaults, options);
  }

  static FfmpegSource camera(String device, String inputFormat, SourceOptions options) {
    Ffmpeg.loadDevices();
    return new FfmpegSource(
        device,
        inputFormat,
        "Is it a camera, and is no other program using it?",
        null,
        Map.of(),
        options);
  }

  @Override
  public synchronized Optional<Frame> next() {
    if (closed) {
      return Optional.empty();
    }
    if (ahead) {
      ahead = false;
      return frame;
    }
    if (grab()) {
      return frame;
    }
    requireWhole();
    if (!loop) {
      return Optional.empty();
    }
    stop();
    start();
    return frame;
  }

  /** Opens the input and reads its first frame. */
  private void start() {
    grabber = new FFmpegFrameGrabber(input);
    grabber.setOptions(options);
    if (inputFormat != null) {
      grabber.setFormat(inputFormat);
    }
    boolean raw = file != null && RAW.matcher(name).matches();
    if (raw) {
      // Nothing else tells how a raw stream ends, and decoders of several frames at once are late.
      grabber.setVideoOption("thread_type", "slice");
    }
    try {
      grabber.start();
    } catch (FrameGrabber.Exception e) {
      throw new VideoException("Cannot open '" + name + "': " + Ffmpeg.reason(e) + ". " + hint, e);
    }
    AVFormatContext container = grabber.getFormatContext();
    end = new ClipEnd(container, container.streams(grabber.getVideoStream()), raw);
    double found = grabber.getVideoFrameRate();
    rate = found > 0 && found <= 1e6 ? OptionalDouble.of(found) : OptionalDouble.empty();
    if (!grab()) {
      throw new VideoException("There is no picture in '" + name + "'. " + hint);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same memory, not the same pixels
  private boolean grab() {
    org.bytedeco.javacv.Frame grabbed;
    try {
      grabbed = grabber.grabImage();
    } catch (FrameGrabber.Exception e) {
      throw new VideoException(
          "Reading '" + name + "' failed: " + Ffmpeg.reason(e) + ". " + hint, e);
    }
    if (grabbed == null) {
      return false;
    }
    if (grabbed.opaque instanceof AVFrame picture) {
      end.picture(picture);
    }
    ByteBuffer pixels = (ByteBuffer) grabbed.image[0];
    FrameFormat found = formatOf(grabbed);
    if (pixels != memory || !found.equals(format)) {
      memory = pixels;
      format = found;
      frame =
          Optional.of(Frame.wrap(found, pixels.duplicate().position(0).limit(found.byteSize())));
    }
    return true;
  }

  /** FFmpeg takes a file that is cut off, or a connection that broke, for one that is over. */
  private void requireWhole() {
    String shortage = end.shortage(name);
    if (shortage != null) {
      throw new VideoException(shortage);
    }
    if (file == null || !Files.isRegularFile(file)) {
      return; // what comes over a network may lose some
    }
    String missing = WholeFile.missing(file, grabber.getFormat());
    if (missing != null || end.endsDamaged()) {
      throw new VideoException(
          "'"
              + name
              + "' is cut off, "
              + (missing == null ? "or broken at its end" : missing)
              + ". All "
              + end.pictures()
              + " pictures up to there were read.");
    }
    String damage = end.damage(name);
    if (damage != null && !toldOfDamage) {
      toldOfDamage = true;
      LOG.log(System.Logger.Level.WARNING, damage);
    }
  }

  private FrameFormat formatOf(org.bytedeco.javacv.Frame grabbed) {
    try {
      return FrameFormat.of(grabbed.imageWidth, grabbed.imageHeight, PixelFormat.BGR)
          .withStride(grabbed.imageStride);
    } catch (IllegalArgumentException e) {
      throw new VideoException(
          "The pictures of '" + name + "' cannot be frames. " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized FrameFormat format() {
    return format;
  }

  @Override
  public synchronized OptionalDouble framesPerSecond() {
    return rate;
  }

  @Override
  public synchronized String description() {
    return Descriptions.of(name, format, rate);
  }

  @Override
  public synchronized void close() {
    closed = true;
    stop();
  }

  private void stop() {
    frame = Optional.empty();
    memory = null;
    if (grabber == null) {
      return;
    }
    try {
      grabber.close();
    } catch (FrameGrabber.Exception e) {
      throw new VideoException("Closing '" + name + "' failed: " + Ffmpeg.reason(e) + ".", e);
    }
  }
}
