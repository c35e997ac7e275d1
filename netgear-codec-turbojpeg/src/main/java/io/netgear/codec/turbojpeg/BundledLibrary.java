package io.netgear.codec.turbojpeg;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The library inside this module's jar, put into a file for as long as it takes to load it.
 *
 * <p>Each process writes a file of its own into a fresh folder that nobody else may enter, so
 * processes cannot disturb each other and no file of somebody else is ever loaded. The folder is
 * removed right after loading; Windows does not allow that, there a later start removes it.
 */
final class BundledLibrary {
  private static final Logger LOG = System.getLogger(BundledLibrary.class.getName());
  private static final String FOLDER_PREFIX = "netgear-turbojpeg-";
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private final Resources resources;
  private final Platform platform;
  private final String temporaryFolder;

  /** Where the bundled files are read from: {@code natives/...} in the jar. */
  interface Resources {
    /** The resource's bytes, or null when there is none of that name. */
    InputStream open(String name) throws IOException;
  }

  BundledLibrary(Resources resources, Platform platform, String temporaryFolder) {
    this.resources = resources;
    this.platform = platform;
    this.temporaryFolder = temporaryFolder;
  }

  /** Loads the library of this platform and gives its name for people. */
  String load(LibraryLoader loader) throws IOException {
    Properties manifest = manifest();
    String file = manifest.getProperty(platform.name() + ".file");
    if (file == null) {
      throw new IOException(
          "no library is bundled for "
              + platform.name()
              + "; build one with native/build.sh and name it with -D"
              + NativeLibrary.PATH_PROPERTY
              + "=FILE");
    }
    byte[] bytes = verified(file, manifest.getProperty(platform.name() + ".sha256", ""));
    Path temporary = temporaryPath();
    removeAbandoned(temporary);
    Path folder = Files.createTempDirectory(temporary, FOLDER_PREFIX);
    try {
      Path library = folder.resolve(platform.libraryFile());
      Files.write(library, bytes);
      loader.load(library);
    } finally {
      remove(folder);
    }
    return "bundled for " + platform.name();
  }

  private Path temporaryPath() throws IOException {
    try {
      return Path.of(temporaryFolder);
    } catch (InvalidPathException e) {
      throw new IOException(
          "java.io.tmpdir is '" + temporaryFolder + "', which is no path: set it to a folder", e);
    }
  }

  private Properties manifest() throws IOException {
    Properties manifest = new Properties();
    try (InputStream in = resources.open("natives/manifest.properties")) {
      if (in == null) {
        throw new IOException("natives/manifest.properties is missing from the jar");
      }
      manifest.load(in);
    }
    return manifest;
  }

  private byte[] verified(String file, String expectedHash) throws IOException {
    try (InputStream in = resources.open("natives/" + file)) {
      if (in == null) {
        throw new IOException("natives/" + file + " is missing from the jar");
      }
      byte[] bytes = in.readAllBytes();
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      if (!hash.equals(expectedHash)) {
        throw new IOException(
            "natives/"
                + file
                + " in the jar is damaged: its sha256 is "
                + hash
                + ", the manifest says "
                + expectedHash);
      }
      return bytes;
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this JVM has no SHA-256 to verify natives/" + file + " with", e);
    }
  }

  /**
   * Folders that a process left behind, because it ended in the middle or because its system locks
   * loaded files.
   */
  private void removeAbandoned(Path temporary) {
    Instant limit = Instant.now().minus(ABANDONED_AFTER);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, FOLDER_PREFIX + "*")) {
      for (Path folder : folders) {
        // others may write here too: a link of this name could lead to a folder of the user's
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .isBefore(limit)) {
          remove(folder);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Could not look for abandoned folders in " + temporary, e);
    }
  }

  /** Removes what this class puts into a folder, and nothing else. */
  private void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(platform.libraryFile()));
      Files.delete(folder);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Could not remove " + folder + " yet; a later start tries again", e);
    }
  }
}
