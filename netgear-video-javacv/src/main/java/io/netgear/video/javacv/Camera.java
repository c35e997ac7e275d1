package io.netgear.video.javacv;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cameras of this machine, through FFmpeg's device for the operating system. */
final class Camera {
  private static final String WINDOWS_PREFIX = "video=";

  private Camera() {}

  static boolean isCamera(String spec) {
    return spec.matches("\\d{1,3}")
        || spec.startsWith("/dev/video")
        || spec.startsWith(WINDOWS_PREFIX);
  }

  static FrameSource open(String spec, SourceOptions options) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      if (!spec.startsWith(WINDOWS_PREFIX)) {
        throw new VideoException(
            "On Windows a camera goes by its name, not by '"
                + spec
                + "': write video=NAME, the name as in the device manager.");
      }
      return FfmpegSource.camera(spec, "dshow", options);
    }
    if (system.startsWith("mac")) {
      return FfmpegSource.camera(spec, "avfoundation", options);
    }
    Path device = Path.of(spec.startsWith("/") ? spec : "/dev/video" + spec);
    if (!Files.exists(device)) {
      throw new VideoException(
          "There is no camera " + spec + ": " + device + " does not exist. " + present());
    }
    if (!Files.isReadable(device)) {
      throw new VideoException(
          "The camera " + device + " may not be used by this user: join the group 'video'.");
    }
    return FfmpegSource.camera(device.toString(), "v4l2", options);
  }

  private static String present() {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(Path.of("/dev"), "video*")) {
      devices.forEach(device -> found.add(device.toString()));
    } catch (IOException e) {
      return "The folder /dev cannot be listed: " + e.getMessage() + ".";
    }
    found.sort(new NaturalOrder());
    return found.isEmpty()
        ? "This machine has no camera; the source 'test' needs none."
        : "There is " + String.join(", ", found) + ".";
  }
}
