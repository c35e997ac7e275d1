package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed libraries are those of the manifest and of today's C file, carry their licence, and
 * work from any door.
 */
class ShippedLibrariesTest {
  private final Properties manifest = manifest();

  @Test
  void shouldHaveBeenBuiltFromTheCFileThatIsHere() throws Exception {
    assertThat(sha256(Files.readAllBytes(Path.of("src/main/c/netgear_jpeg.c"))))
        .as("src/main/c/netgear_jpeg.c has changed: run native/build.sh and commit what it writes")
        .isEqualTo(manifest.getProperty("c.sha256"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-x86_64", "linux-aarch64", "windows-x86_64"})
  void shouldBeTheFilesOfTheManifest(String platform) throws Exception {
    byte[] library = Pictures.resource("natives/" + manifest.getProperty(platform + ".file"));
    assertThat(sha256(library)).isEqualTo(manifest.getProperty(platform + ".sha256"));
    assertThat(manifest.getProperty(platform + ".compiler")).isNotBlank();
    assertThat(library.length).isBetween(400_000, 1_200_000);
  }

  @Test
  void shouldNameTheSourceThatTheyWereBuiltFrom() {
    assertThat(manifest)
        .containsEntry("source.name", "libjpeg-turbo")
        .containsEntry("source.version", "3.1.3")
        .containsEntry(
            "source.sha256", "3a13a5ba767dc8264bc40b185e41368a80d5d5f945944d1dbaa4b2fb0099f4e5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LICENSE.md", "README.ijg"})
  void shouldCarryTheLicenceOfLibjpegTurbo(String file) {
    assertThat(
            new String(
                Pictures.resource("/META-INF/licenses/libjpeg-turbo/" + file),
                StandardCharsets.UTF_8))
        .contains("Independent JPEG Group");
  }

  @ParameterizedTest
  @CsvSource({"0, SIMD on", "1, SIMD off"})
  void shouldTellWhetherSimdRuns(String forceNone, String expected) throws Exception {
    assertThat(describeInAnotherJvm(forceNone))
        .contains("libjpeg-turbo 3.1.3", expected, "bundled for");
  }

  @Test
  void shouldLoadTheFileThatThePropertyNames() throws Exception {
    Path library =
        Path.of("target/classes/io/netgear/codec/turbojpeg/natives/linux-x86_64/libnetgear_jpeg.so")
            .toAbsolutePath();
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Platform.of(System.getProperty("os.name"), System.getProperty("os.arch"))
            .name()
            .equals("linux-x86_64"));
    assertThat(describeInAnotherJvm("0", "-Dnetgear.turbojpeg.library=" + library))
        .contains("from " + library);
    assertThat(describeInAnotherJvm("0", "-Djava.library.path=" + library.getParent()))
        .contains("from java.library.path");
  }

  @Test
  void shouldSayWhatIsWrongWithTheFileThatThePropertyNames() throws Exception {
    Path notALibrary = Path.of("pom.xml").toAbsolutePath();
    assertThat(describeInAnotherJvm("0", "-Dnetgear.turbojpeg.library=" + notALibrary))
        .startsWith("Availability[available=false")
        .contains("-Dnetgear.turbojpeg.library=" + notALibrary + " could not be loaded");
  }

  /** What {@link #main} prints in a JVM of its own, on the class path. */
  private static String describeInAnotherJvm(String forceNone, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), ShippedLibrariesTest.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JSIMD_FORCENONE", forceNone);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static String classPath() {
    String separator = java.io.File.pathSeparator;
    return String.join(
        separator,
        "target/classes",
        "target/test-classes",
        System.getProperty("jdk.module.path", ""),
        System.getProperty("java.class.path"));
  }

  /** Prints whether the codec works. */
  public static void main(String[] arguments) {
    System.out.println(new TurboJpegCodec().availability());
  }

  private static Properties manifest() {
    Properties manifest = new Properties();
    try (var in = NativeJpeg.class.getResourceAsStream("natives/manifest.properties")) {
      manifest.load(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return manifest;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
