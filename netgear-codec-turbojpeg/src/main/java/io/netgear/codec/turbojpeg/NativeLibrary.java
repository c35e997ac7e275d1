package io.netgear.codec.turbojpeg;

import io.netgear.spi.Availability;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Finds and loads the native library, once for the life of this class, and remembers how that went.
 *
 * <p>Looked for in this order: the file named by the system property {@value #PATH_PROPERTY}, and
 * nothing else if that is set; {@value #NAME} on {@code java.library.path}; the file bundled in the
 * jar.
 */
final class NativeLibrary {
  static final String PATH_PROPERTY = "netgear.turbojpeg.library";
  static final String NAME = "netgear_jpeg";

  private static final Logger LOG = System.getLogger(NativeLibrary.class.getName());

  private final Properties properties;
  private final LibraryLoader loader;
  private final BundledLibrary bundled;

  NativeLibrary(Properties properties, LibraryLoader loader, BundledLibrary bundled) {
    this.properties = properties;
    this.loader = loader;
    this.bundled = bundled;
  }

  /** Whether the library is loaded, and what it is or why not. The first call loads it. */
  static Availability availability() {
    return Loaded.AVAILABILITY;
  }

  /** Holds the outcome; the class initialiser's lock makes one thread load and the others wait. */
  private static final class Loaded {
    static final Availability AVAILABILITY = system().load();

    private static NativeLibrary system() {
      Properties properties = System.getProperties();
      Platform platform =
          Platform.of(properties.getProperty("os.name", ""), properties.getProperty("os.arch", ""));
      String temporaryFolder = properties.getProperty("java.io.tmpdir", ".");
      return new NativeLibrary(
          properties,
          LibraryLoader.SYSTEM,
          new BundledLibrary(NativeJpeg.class::getResourceAsStream, platform, temporaryFolder));
    }
  }

  /** Loads and describes; never throws. */
  Availability load() {
    String path = properties.getProperty(PATH_PROPERTY);
    try {
      String origin = path != null ? loadFrom(path) : loadFromLibraryPathOrJar();
      return Availability.yes(loader.describe() + ", " + origin);
    } catch (IOException | UnsatisfiedLinkError | RuntimeException e) {
      return Availability.no(
          (path != null
                  ? "the library named by -D" + PATH_PROPERTY + "=" + path
                  : "the native library")
              + " could not be loaded: "
              + reason(e)
              + ". See docs/natives.md.");
    }
  }

  private String loadFrom(String path) throws IOException {
    Path file = Path.of(path).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no such file");
    }
    ElfFile.requireWhole(file);
    loader.load(file);
    return "from " + file;
  }

  private String loadFromLibraryPathOrJar() throws IOException {
    try {
      loader.loadNamed(NAME);
      return "from java.library.path";
    } catch (UnsatisfiedLinkError e) {
      // The JVM has one error for "not there", the usual case, and "there, but broken", which the
      // user should hear of.
      Level level = isOnLibraryPath() ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "Taking the bundled library: " + e.getMessage());
    }
    return bundled.load(loader);
  }

  private boolean isOnLibraryPath() {
    String file = System.mapLibraryName(NAME);
    for (String folder :
        properties.getProperty("java.library.path", "").split(java.io.File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.exists(Path.of(folder, file))) {
        return true;
      }
    }
    return false;
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
