package io.netgear.video.javacv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real pictures for the tests that can use them. */
final class Footage {
  private static final Path FOLDER =
      Path.of(System.getProperty("netgear.data", "../../shared/data"));

  private Footage() {}

  /** Skips the test, visibly, where the footage is not there. */
  static Path of(String name) {
    Path file = FOLDER.resolve(name);
    assumeTrue(Files.exists(file), () -> "no footage at " + file.toAbsolutePath());
    return file;
  }
}
