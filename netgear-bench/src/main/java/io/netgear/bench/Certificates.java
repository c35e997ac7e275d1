package io.netgear.bench;

import io.netgear.EndpointBuilder;
import io.netgear.transport.netty.TlsDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What both ends of a stream inside TLS need; made for it, and removed with it. */
final class Certificates implements AutoCloseable {
  private final Path directory;

  private Certificates(Path directory) {
    this.directory = directory;
  }

  /** Makes them if {@code address} wants any. */
  static Certificates of(String address) {
    if (!address.startsWith("tls:")) {
      return new Certificates(null);
    }
    try {
      Path directory = Files.createTempDirectory("netgear-bench-tls");
      TlsDirectory.at(directory).makeOwn(List.of(), Duration.ofDays(1), false);
      return new Certificates(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Certificates could not be made.", e);
    }
  }

  /** Tells an end where they are. */
  <B extends EndpointBuilder<B>> B given(B builder) {
    return directory == null ? builder : builder.keys(directory);
  }

  @Override
  public void close() {
    if (directory == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Certificates could not be removed.", e);
    }
  }
}
