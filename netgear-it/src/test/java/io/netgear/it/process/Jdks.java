package io.netgear.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs of this machine, where Linux distributions put them. */
public final class Jdks {
  private static final Path FOLDER = Path.of("/usr/lib/jvm");

  private Jdks() {}

  /** One of that feature release, if there is one. */
  public static Optional<Path> ofRelease(int feature) {
    if (!Files.isDirectory(FOLDER)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(FOLDER)) {
      return homes
          .filter(home -> Files.isRegularFile(home.resolve("release")))
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> feature(home) == feature)
          .min(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The feature release of a JDK, such as 17. */
  static int feature(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      String version =
          lines.filter(line -> line.startsWith("JAVA_VERSION=")).findFirst().orElseThrow();
      return Integer.parseInt(version.replaceAll("\\D*(\\d+).*", "$1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
