package io.netgear.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which process listens at a port, as far as Linux tells whoever asks. */
final class PortOwner {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortOwner() {}

  /** In words, such as {@code process 4711 (java)}; empty where that cannot be known. */
  static Optional<String> of(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : new String[] {"net/tcp", "net/tcp6"}) {
      sockets.addAll(listening(PROC.resolve(table), port));
    }
    return sockets.isEmpty() ? Optional.empty() : holder(sockets);
  }

  private static Set<String> listening(Path table, int port) {
    Set<String> found = new HashSet<>();
    String ending = String.format(":%04X", port);
    try (Stream<String> lines = Files.lines(table)) {
      lines
          .map(line -> line.strip().split("\\s+"))
          .filter(row -> row.length > INODE)
          .filter(row -> row[LOCAL].endsWith(ending) && row[STATE].equals(LISTENING))
          .forEach(row -> found.add("socket:[" + row[INODE] + "]"));
    } catch (IOException | UncheckedIOException e) {
      return Set.of(); // another system than Linux
    }
    return found;
  }

  private static Optional<String> holder(Set<String> sockets) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          return Optional.of("process " + process.getFileName() + name(process));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return Optional.empty(); // another system than Linux
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : open) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return false; // somebody else's, or it has just ended
    }
  }

  private static String name(Path process) {
    try {
      return " (" + Files.readString(process.resolve("comm")).strip() + ")";
    } catch (IOException e) {
      return "";
    }
  }
}
