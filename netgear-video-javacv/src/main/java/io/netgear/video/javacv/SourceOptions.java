package io.netgear.video.javacv;

import io.netgear.PixelFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How a source is read. Start from {@link #defaults()}; each method gives changed options and
 * leaves these as they are. Immutable.
 *
 * <p>A frame is read, scaled, and converted, in this order; then it waits for its time.
 */
public final class SourceOptions {
  private static final SourceOptions DEFAULTS = new SourceOptions();

  private boolean loop;
  private Double framesPerSecond;
  private boolean realTime;
  private Supplier<FrameScaler> scaler = () -> null;
  private ColorConversion conversion;
  private PixelFormat pixelFormat;
  private Duration timeout = Duration.ofSeconds(5);
  private Map<String, String> ffmpeg = Map.of();

  private SourceOptions() {}

  private SourceOptions(SourceOptions other) {
    loop = other.loop;
    framesPerSecond = other.framesPerSecond;
    realTime = other.realTime;
    scaler = other.scaler;
    conversion = other.conversion;
    pixelFormat = other.pixelFormat;
    timeout = other.timeout;
    ffmpeg = other.ffmpeg;
  }

  /**
   * Once through, files as fast as they are read, live sources and the test pattern at their own
   * rate, pixels BGR.
   */
  public static SourceOptions defaults() {
    return DEFAULTS;
  }

  /** Whether to start again at the end, for ever. The file is opened anew, so any kind can loop. */
  public SourceOptions loop(boolean on) {
    SourceOptions changed = new SourceOptions(this);
    changed.loop = on;
    return changed;
  }

  /**
   * Frames per second: a file is slowed down to it, a live source is thinned out to it. 0 is as
   * fast as possible.
   */
  public SourceOptions framesPerSecond(double rate) {
    if (!(rate >= 0 && rate <= 1e6)) {
      throw new IllegalArgumentException(
          "Frames per second are 0 (as fast as possible) to 1000000, got " + rate + ".");
    }
    SourceOptions changed = new SourceOptions(this);
    changed.framesPerSecond = rate;
    return changed;
  }

  /** Whether a file is slowed down to its own rate, as a player does. */
  public SourceOptions realTime(boolean on) {
    SourceOptions changed = new SourceOptions(this);
    changed.realTime = on;
    return changed;
  }

  /** To {@code width} x {@code height} pixels. */
  public SourceOptions size(int width, int height) {
    return scaled(() -> FrameScaler.to(width, height));
  }

  /** To {@code percent} of each side, as {@link FrameScaler#percent}. */
  public SourceOptions percent(double percent) {
    return scaled(() -> FrameScaler.percent(percent));
  }

  /** Smaller by {@code percentage} on each side, as {@link FrameScaler#reducer}. */
  public SourceOptions reducer(double percentage) {
    return scaled(() -> FrameScaler.reducer(percentage));
  }

  private SourceOptions scaled(Supplier<FrameScaler> maker) {
    FrameScaler unused = maker.get(); // refuses a wrong size now
    SourceOptions changed = new SourceOptions(this);
    changed.scaler = maker;
    return changed;
  }

  /**
   * A conversion under OpenCV's name, such as {@code COLOR_BGR2GRAY}; the frames are BGR before it.
   *
   * @throws IllegalArgumentException for a name that {@link ColorConversion#parse} does not know,
   *     or that does not start from pixels of three bytes
   */
  public SourceOptions colorSpace(String conversionName) {
    ColorConversion parsed = ColorConversion.parse(conversionName);
    if (parsed.from().bytesPerPixel() != PixelFormat.BGR.bytesPerPixel()) {
      throw new IllegalArgumentException(
          "A source hands out BGR; "
              + parsed.name()
              + " does not start from that. Use COLOR_BGR2"
              + parsed.to()
              + ".");
    }
    SourceOptions changed = new SourceOptions(this);
    changed.conversion = parsed;
    changed.pixelFormat = null;
    return changed;
  }

  /**
   * The byte order of the frames. The test pattern is painted in it; other sources are converted
   * from BGR.
   */
  public SourceOptions pixelFormat(PixelFormat format) {
    SourceOptions changed = new SourceOptions(this);
    changed.pixelFormat = Objects.requireNonNull(format, "format");
    changed.conversion = null;
    return changed;
  }

  /** How long a server or camera may be silent before it counts as gone; 5 s by default. */
  public SourceOptions timeout(Duration silence) {
    if (silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException("A timeout is more than 0, got " + silence + ".");
    }
    SourceOptions changed = new SourceOptions(this);
    changed.timeout = silence;
    return changed;
  }

  /**
   * An option of FFmpeg for files, cameras and URLs, such as {@code rtsp_transport} {@code udp} or
   * {@code video_size} {@code 1280x720}.
   */
  public SourceOptions ffmpeg(String name, String value) {
    SourceOptions changed = new SourceOptions(this);
    Map<String, String> all = new TreeMap<>(ffmpeg);
    all.put(name, value);
    changed.ffmpeg = Map.copyOf(all);
    return changed;
  }

  boolean loops() {
    return loop;
  }

  /** Null: nothing was said. */
  Double rate() {
    return framesPerSecond;
  }

  boolean atOwnRate() {
    return realTime;
  }

  /** A scaler of one's own, null for none. */
  FrameScaler newScaler() {
    return scaler.get();
  }

  ColorConversion conversion() {
    return conversion;
  }

  PixelFormat wantedFormat() {
    return pixelFormat;
  }

  Duration timeout() {
    return timeout;
  }

  Map<String, String> ffmpeg() {
    return ffmpeg;
  }
}
