package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/** Scales, converts and paces what another source reads. */
final class ProcessedSource implements FrameSource {
  private final FrameSource source;
  private final boolean live;
  private final FrameScaler scaler;
  private final ColorConversion conversion;
  private final PixelFormat wanted;
  private final Pacer pacer;
  private Optional<Frame> converted = Optional.empty();
  private Frame lastHandedOut;
  private Optional<Frame> handedOut = Optional.empty();

  /**
   * Takes over {@code source}, which is closed with this.
   *
   * @param live whether frames come at a rate that cannot be slowed down
   * @param pacer null for no pacing
   */
  ProcessedSource(FrameSource source, SourceOptions options, boolean live, Pacer pacer) {
    this.source = source;
    this.live = live;
    this.scaler = options.newScaler();
    this.conversion = options.conversion();
    this.wanted = options.wantedFormat();
    this.pacer = pacer;
  }

  @Override
  public Optional<Frame> next() {
    Optional<Frame> frame = source.next();
    while (live && pacer != null && frame.isPresent() && !pacer.tryTake()) {
      frame = source.next();
    }
    if (frame.isEmpty()) {
      return frame;
    }
    Frame done = convert(scaler == null ? frame.get() : scaler.scale(frame.get()));
    if (!live && pacer != null) {
      pacer.await();
    }
    if (done != lastHandedOut) {
      lastHandedOut = done;
      handedOut = Optional.of(done);
    }
    return handedOut;
  }

  private Frame convert(Frame frame) {
    ColorConversion change = conversionOf(frame.format());
    if (change == null) {
      return frame;
    }
    FrameFormat format = change.outputFormat(frame.format());
    if (converted.isEmpty() || !converted.get().format().equals(format)) {
      converted = Optional.of(Frame.allocate(format));
    }
    change.convert(frame, converted.get());
    return converted.get();
  }

  private ColorConversion conversionOf(FrameFormat format) {
    if (conversion != null) {
      return conversion;
    }
    return wanted == null || wanted == format.pixelFormat()
        ? null
        : new ColorConversion(format.pixelFormat(), wanted);
  }

  @Override
  public FrameFormat format() {
    if (lastHandedOut != null) {
      return lastHandedOut.format();
    }
    FrameFormat format = source.format();
    if (scaler != null) {
      format = scaler.outputFormat(format);
    }
    ColorConversion change = conversionOf(format);
    return change == null ? format : change.outputFormat(format);
  }

  @Override
  public OptionalDouble framesPerSecond() {
    return source.framesPerSecond();
  }

  @Override
  public String description() {
    return source.description();
  }

  @Override
  public void close() {
    source.close();
  }
}
