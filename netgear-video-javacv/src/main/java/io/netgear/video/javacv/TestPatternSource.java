package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link TestPattern} as an endless source. */
final class TestPatternSource implements FrameSource {
  private static final Pattern SPEC =
      Pattern.compile("test(?::(\\d{1,5})[xX](\\d{1,5})(?:@(\\d{1,6}(?:\\.\\d{1,6})?))?)?");

  private final Optional<Frame> frame;
  private final FrameFormat format;
  private final double rate;
  private long number;
  private volatile boolean closed;

  private TestPatternSource(FrameFormat format, double rate) {
    this.format = format;
    this.rate = rate;
    this.frame = Optional.of(Frame.allocate(format));
  }

  /** From {@code test} or {@code test:WxH} or {@code test:WxH@fps}. */
  static TestPatternSource parse(String spec, PixelFormat pixels) {
    Matcher matcher = SPEC.matcher(spec);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + spec + "' is no test pattern; write test, test:640x480 or test:1280x720@30.");
    }
    boolean sized = matcher.group(1) != null;
    int width = sized ? Integer.parseInt(matcher.group(1)) : 1280;
    int height = sized ? Integer.parseInt(matcher.group(2)) : 720;
    double rate = matcher.group(3) == null ? 30 : Double.parseDouble(matcher.group(3));
    if (rate == 0) {
      throw new IllegalArgumentException(
          "'"
              + spec
              + "' asks for 0 frames per second; leave @0 out and set the rate to 0 instead.");
    }
    return new TestPatternSource(format(spec, width, height, pixels), rate);
  }

  private static FrameFormat format(String spec, int width, int height, PixelFormat pixels) {
    try {
      return FrameFormat.of(width, height, pixels);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + spec + "' is no test pattern. " + e.getMessage() + " Write test:640x480.", e);
    }
  }

  @Override
  public Optional<Frame> next() {
    if (closed) {
      return Optional.empty();
    }
    TestPattern.fill(frame.orElseThrow(), number++);
    return frame;
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  public OptionalDouble framesPerSecond() {
    return OptionalDouble.of(rate);
  }

  @Override
  public String description() {
    return Descriptions.of("test pattern", format, framesPerSecond());
  }

  @Override
  public void close() {
    closed = true;
  }
}
