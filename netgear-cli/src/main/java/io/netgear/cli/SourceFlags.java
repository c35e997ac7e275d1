package io.netgear.cli;

import io.netgear.PixelFormat;
import io.netgear.video.javacv.FrameSource;
import io.netgear.video.javacv.FrameSources;
import io.netgear.video.javacv.SourceOptions;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where frames come from. */
final class SourceFlags {
  @Option(
      names = "--source",
      paramLabel = "FILE|URL|CAMERA|test[:WxH@fps]",
      defaultValue = "test",
      description =
          "A video file, folder of pictures, rtsp:// or http:// address, camera number or device,"
              + " or the test pattern, which is the default.")
  String source;

  @Option(names = "--loop", description = "Start the source again at its end.")
  boolean loop;

  @Option(
      names = "--fps",
      paramLabel = "F",
      description = "Frames per second instead of the source's own; 0 is as fast as possible.")
  Double framesPerSecond;

  @Option(
      names = "--resize",
      paramLabel = "PERCENT",
      description = "To that much of each side: 50 is a quarter of the pixels.")
  Double percent;

  boolean isTestPattern() {
    return isTestPattern(source);
  }

  static boolean isTestPattern(String source) {
    return source.equals("test") || source.startsWith("test:");
  }

  /** Opens the source in the colours asked for. */
  FrameSource open(Optional<PixelFormat> pixels, Optional<String> conversion) {
    SourceOptions plain = SourceOptions.defaults().loop(loop).realTime(true);
    SourceOptions timed =
        framesPerSecond == null
            ? plain
            : naming("--fps", () -> plain.framesPerSecond(framesPerSecond));
    SourceOptions sized =
        percent == null ? timed : naming("--resize", () -> timed.percent(percent));
    SourceOptions options =
        conversion.isPresent()
            ? naming("--colorspace", () -> sized.colorSpace(conversion.get()))
            : pixels.map(sized::pixelFormat).orElse(sized);
    return naming("--source " + source, () -> FrameSources.open(source, options));
  }

  /** Begins the sentence about a value that cannot be meant with the flag that it came with. */
  static <T> T naming(String flag, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(flag + ": " + e.getMessage(), e);
    }
  }
}
