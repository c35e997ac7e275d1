package io.netgear.examples.seed;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.video.javacv.FrameSource;
import io.netgear.video.javacv.FrameSources;
import io.netgear.video.javacv.SourceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** A few frames of real footage where that is at hand, else of the test pattern. */
final class Clip implements FrameSource {
  private static final Path FOOTAGE =
      Path.of(System.getProperty("netgear.data", "../../../shared/data"), "walkers-768x432.mp4");

  private final FrameSource source;
  private int left;

  private Clip(FrameSource source, int frames) {
    this.source = source;
    this.left = frames;
  }

  /** As many {@code frames} behind the first {@code skipped}. */
  static Clip open(SourceOptions options, int skipped, int frames) {
    String spec = Files.exists(FOOTAGE) ? FOOTAGE.toString() : "test:768x432";
    FrameSource source = FrameSources.open(spec, options.framesPerSecond(0));
    for (int i = 0; i < skipped; i++) {
      source.next();
    }
    return new Clip(source, frames);
  }

  @Override
  public Optional<Frame> next() {
    return left-- > 0 ? source.next() : Optional.empty();
  }

  @Override
  public FrameFormat format() {
    return source.format();
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
