package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.spi.Availability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for the library, with a loader that loads nothing. */
class NativeLibraryTest {
  private static final byte[] LIBRARY = "pretend".getBytes(StandardCharsets.US_ASCII);
  private static final Platform PLATFORM = Platform.of("Linux", "amd64");

  @TempDir Path temporary;

  private final Properties properties = new Properties();
  private final Map<String, byte[]> resources = new HashMap<>();
  private final RecordingLoader loader = new RecordingLoader();

  @Test
  void shouldLoadTheNamedFileAndLookNowhereElse() throws Exception {
    Path file = Files.write(temporary.resolve("own.so"), LIBRARY);
    properties.setProperty(NativeLibrary.PATH_PROPERTY, file.toString());
    assertThat(load()).isEqualTo(Availability.yes("a library, from " + file));
    assertThat(loader.loaded).containsExactly(file.toString());
  }

  @Test
  void shouldNotFallBackWhenTheNamedFileIsMissing() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    Path missing = temporary.resolve("missing.so");
    properties.setProperty(NativeLibrary.PATH_PROPERTY, missing.toString());
    Availability outcome = load();
    assertThat(outcome.available()).isFalse();
    assertThat(outcome.detail())
        .contains("-Dnetgear.turbojpeg.library=" + missing, "there is no such file");
    assertThat(loader.loaded).isEmpty();
  }

  @Test
  void shouldNotFallBackWhenTheNamedFileIsBroken() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    Path file = Files.write(temporary.resolve("own.so"), LIBRARY);
    properties.setProperty(NativeLibrary.PATH_PROPERTY, file.toString());
    loader.refusal = "wrong ELF class";
    assertThat(load().detail()).contains(file.toString(), "wrong ELF class");
    assertThat(loader.loaded).containsExactly(file.toString());
  }

  @Test
  void shouldPreferTheLibraryPathToTheJar() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    loader.onLibraryPath = true;
    assertThat(load()).isEqualTo(Availability.yes("a library, from java.library.path"));
    assertThat(loader.loaded).containsExactly("netgear_jpeg");
  }

  @Test
  void shouldLoadTheBundledLibraryFromAPrivateFolderAndLeaveNothingBehind() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    assertThat(load()).isEqualTo(Availability.yes("a library, bundled for linux-x86_64"));
    assertThat(loader.loaded).hasSize(2).last().asString().endsWith("libnetgear_jpeg.so");
    assertThat(loader.bytes).isEqualTo(LIBRARY);
    assertThat(loader.permissions).isEqualTo("rwx------");
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldLeaveNothingBehindWhenTheBundledLibraryCannotBeLoaded() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    loader.refusal = "failed to map segment from shared object";
    Availability outcome = load();
    assertThat(outcome.available()).isFalse();
    assertThat(outcome.detail())
        .contains("failed to map segment from shared object", "See docs/natives.md");
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldRefuseABundledLibraryThatIsNotTheOneInTheManifest() throws Exception {
    bundle("changed".getBytes(StandardCharsets.US_ASCII), sha256(LIBRARY));
    assertThat(load().detail()).contains("is damaged: its sha256 is", sha256(LIBRARY));
    assertThat(loader.loaded).containsExactly("netgear_jpeg");
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldSayHowToHelpOnAPlatformWithoutABundledLibrary() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    Availability outcome = load(Platform.of("Linux", "riscv64"));
    assertThat(outcome.detail())
        .contains(
            "no library is bundled for linux-riscv64",
            "native/build.sh",
            "-Dnetgear.turbojpeg.library=FILE");
  }

  @Test
  void shouldSayWhenTheJarHoldsNoLibrariesAtAll() {
    assertThat(load().detail()).contains("natives/manifest.properties is missing from the jar");
  }

  @Test
  void shouldRefuseALibraryThatIsNotOurs() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    loader.foreign = true;
    assertThat(load().detail()).contains("it speaks version 0 of the binding");
  }

  @Test
  void shouldRemoveAbandonedFoldersAndKeepThoseInUse() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    Path old = Files.createDirectory(temporary.resolve("netgear-turbojpeg-1"));
    Files.write(old.resolve("libnetgear_jpeg.so"), LIBRARY);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path fresh = Files.createDirectory(temporary.resolve("netgear-turbojpeg-2"));
    Path foreign = Files.createDirectory(temporary.resolve("somebody-elses"));
    Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));
    assertThat(load().available()).isTrue();
    assertThat(files()).containsExactlyInAnyOrder(fresh, foreign);
  }

  @Test
  void shouldFollowNoLinkAndRemoveNoFileOfOthersWhenItCleansUp(@TempDir Path home)
      throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    Path precious = Files.writeString(home.resolve("precious.txt"), "years of work");
    Path link = Files.createSymbolicLink(temporary.resolve("netgear-turbojpeg-3"), home);
    Path mixed = Files.createDirectory(temporary.resolve("netgear-turbojpeg-4"));
    Path foreign = Files.writeString(mixed.resolve("notes.txt"), "more of it");
    Files.setLastModifiedTime(home, FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(mixed, FileTime.from(Instant.EPOCH));
    assertThat(load().available()).isTrue();
    assertThat(precious).exists();
    assertThat(link).exists();
    assertThat(foreign).exists();
  }

  @Test
  void shouldSayWhenThereIsNoPlaceToPutTheLibrary() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    Path missing = temporary.resolve("missing");
    Availability outcome =
        new NativeLibrary(
                properties, loader, new BundledLibrary(this::open, PLATFORM, missing.toString()))
            .load();
    assertThat(outcome.available()).isFalse();
    assertThat(outcome.detail()).contains(missing.toString());
  }

  @Test
  void shouldSayWhenTheTemporaryFolderIsNoPath() throws Exception {
    bundle(LIBRARY, sha256(LIBRARY));
    Availability outcome =
        new NativeLibrary(
                properties, loader, new BundledLibrary(this::open, PLATFORM, "\0not a path"))
            .load();
    assertThat(outcome.available()).isFalse();
    assertThat(outcome.detail()).contains("java.io.tmpdir is '", "which is no path");
  }

  @Test
  void shouldNotLoadANamedLibraryThatIsCutOff() throws Exception {
    for (String platform : List.of("linux-x86_64", "linux-aarch64")) {
      byte[] whole = Pictures.resource("natives/" + platform + "/libnetgear_jpeg.so");
      Path file = temporary.resolve(platform + ".so");
      properties.setProperty(NativeLibrary.PATH_PROPERTY, file.toString());
      for (int length : new int[] {4, 20, 63, 64, 100, 4_096, whole.length / 2, whole.length - 1}) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThat(load().detail())
            .as("%d of %d bytes for %s", length, whole.length, platform)
            .contains(file.toString(), "the file is cut off", "copy or build it again");
      }
      assertThat(loader.loaded).isEmpty();

      Files.write(file, whole);
      assertThat(load().available()).isTrue();
      loader.loaded.clear();
    }
  }

  @Test
  void shouldOutliveElfHeadersThatPromiseAnything() throws Exception {
    byte[] whole = Pictures.resource("natives/linux-x86_64/libnetgear_jpeg.so");
    Path file = temporary.resolve("own.so");
    properties.setProperty(NativeLibrary.PATH_PROPERTY, file.toString());
    for (int at = 4; at < 64; at++) {
      byte[] broken = Arrays.copyOf(whole, 8_192);
      broken[at] = -1;
      Files.write(file, broken);
      assertThat(load().detail()).as("byte %d", at).isNotBlank();
    }
  }

  @Test
  void shouldNameThePlatformsThatAreShipped() {
    assertThat(Platform.of("Linux", "amd64").name()).isEqualTo("linux-x86_64");
    assertThat(Platform.of("Linux", "aarch64").name()).isEqualTo("linux-aarch64");
    assertThat(Platform.of("Windows 11", "amd64"))
        .isEqualTo(new Platform("windows-x86_64", "netgear_jpeg.dll"));
    assertThat(Platform.of("Mac OS X", "aarch64"))
        .isEqualTo(new Platform("macos-aarch64", "libnetgear_jpeg.dylib"));
  }

  private Availability load() {
    return load(PLATFORM);
  }

  private Availability load(Platform platform) {
    return new NativeLibrary(
            properties, loader, new BundledLibrary(this::open, platform, temporary.toString()))
        .load();
  }

  private ByteArrayInputStream open(String name) {
    byte[] bytes = resources.get(name);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  private void bundle(byte[] library, String sha256) {
    String manifest =
        "linux-x86_64.file=linux-x86_64/libnetgear_jpeg.so\nlinux-x86_64.sha256=" + sha256 + "\n";
    resources.put("natives/manifest.properties", manifest.getBytes(StandardCharsets.US_ASCII));
    resources.put("natives/linux-x86_64/libnetgear_jpeg.so", library);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }

  /** Loads nothing, and tells what it was asked for. */
  private static final class RecordingLoader implements LibraryLoader {
    final List<String> loaded = new ArrayList<>();
    boolean onLibraryPath;
    boolean foreign;
    String refusal;
    byte[] bytes;
    String permissions;

    @Override
    public void load(Path file) {
      loaded.add(file.toString());
      try {
        bytes = Files.readAllBytes(file);
        permissions =
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()));
      } catch (IOException e) {
        throw new UnsatisfiedLinkError(e.toString());
      }
      if (refusal != null) {
        throw new UnsatisfiedLinkError(refusal);
      }
    }

    @Override
    public void loadNamed(String name) {
      loaded.add(name);
      if (!onLibraryPath) {
        throw new UnsatisfiedLinkError("no netgear_jpeg in java.library.path");
      }
    }

    @Override
    public String describe() {
      if (foreign) {
        throw new UnsatisfiedLinkError("it speaks version 0 of the binding, this NetGear speaks 1");
      }
      return "a library";
    }
  }
}
