package io.netgear.cli;

import io.netgear.PixelFormat;
import io.netgear.video.javacv.FrameSource;
import io.netgear.video.javacv.FrameSources;
import io.netgear.video.javacv.SourceOptions;
import java.util.Optional;
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
    SourceOptions options = SourceOptions.defaults().loop(loop).realTime(true);
    if (framesPerSecond != null) {
      options = options.framesPerSecond(framesPerSecond);
    }
    if (percent != null) {
      options = options.percent(percent);
    }
    if (conversion.isPresent()) {
      options = options.colorSpace(conversion.get());
    } else if (pixels.isPresent()) {
      options = options.pixelFormat(pixels.get());
    }
    return FrameSources.open(source, options);
  }
}
