package io.netgear.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars that the build has packed, and what they run with. */
public final class PackedJars {
  private PackedJars() {}

  /** NetGear's own, as users get them. */
  public static List<Path> ours() {
    return list("netgear.it.lib").stream()
        .filter(jar -> jar.getFileName().toString().startsWith("netgear-"))
        .toList();
  }

  /** All that the launcher has on its module path. */
  static List<Path> ofCommand() {
    return list("netgear.it.cli");
  }

  /** The jar of one of our artifacts. */
  public static Path of(String artifact) {
    List<Path> its =
        ours().stream()
            .filter(jar -> jar.getFileName().toString().startsWith(artifact + "-0."))
            .toList();
    assertThat(its).as("jars of %s", artifact).hasSize(1);
    return its.get(0);
  }

  private static List<Path> list(String property) {
    String folder = System.getProperty(property);
    assertThat(folder).as("system property %s, which the build sets", property).isNotNull();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
