package io.netgear.transport.zmq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who may read a file, on file systems with permissions and on those with access lists. */
enum Ownership {
  /** Files 0600, directories 0700; elsewhere an access list with the owner alone. */
  OWNER_ALONE("rw-------", "rwx------"),
  /** Files 0644, directories 0755. */
  EVERYONE_READS("rw-r--r--", "rwxr-xr-x");

  private final String ofFile;
  private final String ofDirectory;

  Ownership(String ofFile, String ofDirectory) {
    this.ofFile = ofFile;
    this.ofDirectory = ofDirectory;
  }

  /** An empty file under a name that no one has. */
  Path newFile(Path directory) throws IOException {
    if (isPosix(directory)) {
      Path file = Files.createTempFile(directory, ".new-", ".tmp", attribute(OWNER_ALONE.ofFile));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(ofFile));
      return file;
    }
    Path file = Files.createTempFile(directory, ".new-", ".tmp");
    if (this == OWNER_ALONE) {
      leaveToOwner(file);
    }
    return file;
  }

  /** Makes a directory where there is none. */
  void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory.getParent());
    if (isPosix(directory.getParent())) {
      Files.createDirectories(directory, attribute(ofDirectory));
    } else {
      Files.createDirectories(directory);
      if (this == OWNER_ALONE) {
        leaveToOwner(directory);
      }
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static boolean isPosix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  private static void leaveToOwner(Path path) throws IOException {
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

  /** Whether someone else than its owner (and the system's administrators) could read a file. */
  static boolean othersRead(Path file) throws IOException {
    if (isPosix(file)) {
      Set<PosixFilePermission> own = Files.getPosixFilePermissions(file);
      Set<PosixFilePermission> above = Files.getPosixFilePermissions(file.getParent());
      return (own.contains(PosixFilePermission.GROUP_READ)
              && above.contains(PosixFilePermission.GROUP_EXECUTE))
          || (own.contains(PosixFilePermission.OTHERS_READ)
              && above.contains(PosixFilePermission.OTHERS_EXECUTE));
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
  static String describe(Path file) throws IOException {
    return isPosix(file)
        ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
        : othersRead(file) ? "others may read" : "owner alone";
  }
}
