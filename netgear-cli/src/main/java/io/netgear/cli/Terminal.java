package io.netgear.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells terminals from pipes and files, which Java cannot for each stream. */
final class Terminal {
  private Terminal() {}

  /** Whether a person looks at standard error, through something that can change a line. */
  static boolean isStandardError() {
    return isTerminal(2) && knowsEscapes(System.getenv("TERM"));
  }

  /** Editors and the like set {@code TERM} to dumb for what they run. */
  static boolean knowsEscapes(String term) {
    return !"dumb".equals(term);
  }

  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux: there the launcher, whose shell can tell, says so.
      return Boolean.getBoolean("netgear.terminal." + descriptor);
    }
  }
}
