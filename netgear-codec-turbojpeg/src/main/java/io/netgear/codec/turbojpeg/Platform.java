package io.netgear.codec.turbojpeg;

import java.util.Locale;

/**
 * An operating system and a processor, as the folders of bundled libraries are named.
 *
 * @param name such as {@code linux-x86_64}
 * @param libraryFile the library's file name there
 */
record Platform(String name, String libraryFile) {
  /**
   * From the values of the system properties {@code os.name} and {@code os.arch}; unknown ones keep
   * their own spelling.
   */
  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    String processor =
        switch (arch) {
          case "amd64", "x86_64", "x86-64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> arch;
        };
    if (os.startsWith("windows")) {
      return new Platform("windows-" + processor, "netgear_jpeg.dll");
    }
    if (os.startsWith("mac") || os.startsWith("darwin")) {
      return new Platform("macos-" + processor, "libnetgear_jpeg.dylib");
    }
    return new Platform(os.replace(' ', '-') + "-" + processor, "libnetgear_jpeg.so");
  }
}
