package io.netgear.transport.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Files that are there as a whole or not at all, and who may read them. */
final class OwnedFile {
  private OwnedFile() {}

  /**
   * Puts {@code text} there, over what was there.
   *
   * @param secret whether its owner alone may read it, from the first byte on
   */
  static void write(Path file, String text, boolean secret) throws IOException {
    Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), ".new-", ".tmp");
    try {
      if (secret) {
        leaveToOwner(whole);
      } else if (isPosix(whole)) {
        Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.writeString(whole, text);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static void leaveToOwner(Path path) throws IOException {
    if (isPosix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return;
    }
    AclFileAttributeView list = Files.getFileAttributeView(path, AclFileAttributeView.class);
    if (list != null) {
      list.setAcl(
          List.of(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(Files.getOwner(path))
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
  }

  private static boolean isPosix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  /** Whether someone else than its owner (and the system's administrators) could read a file. */
  static boolean othersRead(Path file) throws IOException {
    if (isPosix(file)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    }
    AclFileAttributeView list = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (list == null) {
      return false;
    }
    UserPrincipal owner = Files.getOwner(file);
    return list.getAcl().stream()
        .anyMatch(
            entry ->
                entry.type() == AclEntryType.ALLOW
                    && entry.permissions().contains(AclEntryPermission.READ_DATA)
                    && !entry.principal().equals(owner)
                    && !entry.principal().getName().endsWith("\\SYSTEM")
                    && !entry.principal().getName().endsWith("\\Administrators"));
  }

  /** {@code rw-------}, or in words where there are no such letters. */
  static String permissions(Path file) throws IOException {
    return isPosix(file)
        ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
        : othersRead(file) ? "others may read" : "owner alone";
  }
}
