package io.netgear.cli;

import io.netgear.EndpointBuilder;
import io.netgear.PixelFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How frames are compressed; at a receiver, those that it returns. */
final class CompressionFlags {
  @Option(names = "--quality", paramLabel = "10-100", description = "JPEG quality, 90 unless told.")
  String quality;

  @Option(
      names = "--subsampling",
      paramLabel = "4:2:2",
      description = "4:4:4, 4:2:2, 4:2:0, 4:4:0, 4:1:1 or gray.")
  String subsampling;

  @Option(
      names = "--colorspace",
      paramLabel = "NAME",
      description =
          "Colour space of frames and compression, such as BGR, RGBA or GRAY; or a conversion under"
              + " OpenCV's name, such as COLOR_BGR2GRAY.")
  String colorspace;

  @Option(names = "--raw", description = "Send pixels as they are, without compression.")
  boolean raw;

  @Option(
      names = "--fast-dct",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "The fast DCT; on unless told.")
  String fastDct;

  @Option(
      names = "--fast-upsample",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Repeat colours instead of interpolating them; off unless told.")
  String fastUpsample;

  /**
   * Hands what was said to {@code builder}.
   *
   * @throws IllegalArgumentException if an option of {@code conduct} says otherwise
   */
  void apply(EndpointBuilder<?> builder, ConductFlags conduct) {
    refuseConflict(conduct);
    Assignments.to(builder)
        .set("jpeg_compression", compression())
        .set("jpeg_compression_quality", quality)
        .set("jpeg_compression_subsampling", subsampling)
        .set("jpeg_compression_fastdct", fastDct)
        .set("jpeg_compression_fastupsample", fastUpsample);
  }

  private String compression() {
    return raw ? "false" : colorspace == null || isConversion() ? null : colorspace;
  }

  /**
   * Refuses flags that an option contradicts.
   *
   * @throws IllegalArgumentException for those
   */
  void refuseConflict(ConductFlags conduct) {
    String option = conduct.option("jpeg_compression");
    if (option != null && compression() != null && !option.equalsIgnoreCase(compression())) {
      throw new IllegalArgumentException(
          (raw ? "--raw" : "--colorspace " + colorspace)
              + " and --option jpeg_compression="
              + option
              + " contradict each other: give one of them"
              + (raw ? "." : ", or --raw with --colorspace for raw pixels in that colour space."));
    }
  }

  /** Says it all again, on another command line. */
  void addTo(List<String> flags) {
    DemoCommand.add(flags, "--quality", quality);
    DemoCommand.add(flags, "--subsampling", subsampling);
    DemoCommand.add(flags, "--colorspace", colorspace);
    DemoCommand.add(flags, "--fast-dct", fastDct);
    DemoCommand.add(flags, "--fast-upsample", fastUpsample);
    if (raw) {
      flags.add("--raw");
    }
  }

  /** OpenCV's name of the conversion asked for; empty for none. */
  Optional<String> conversion() {
    return isConversion() ? Optional.of(colorspace) : Optional.empty();
  }

  /** The colour space that frames should come in; {@code optionText} is what an option says. */
  Optional<PixelFormat> pixelFormat(String optionText) {
    String name = colorspace == null ? optionText : colorspace;
    return Arrays.stream(PixelFormat.values())
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private boolean isConversion() {
    return colorspace != null && colorspace.toUpperCase(Locale.ROOT).startsWith("COLOR_");
  }
}
