package io.netgear.it.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.PackedJars;
import io.netgear.testkit.InMemoryTransport;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jars as they are published: what a user's module-info and ServiceLoader see of them. */
class PackedJarsIT {
  private static final short JAVA_17 = 61;
  private static final String SERVICES = "META-INF/services/";

  @ParameterizedTest
  @CsvSource({
    "netgear-api, io.netgear, io.netgear io.netgear.spi",
    "netgear-transport-zmq, io.netgear.transport.zmq, io.netgear.transport.zmq",
    "netgear-transport-netty, io.netgear.transport.netty, io.netgear.transport.netty",
    "netgear-tunnel-ssh, io.netgear.tunnel.ssh, ''",
    "netgear-codec-turbojpeg, io.netgear.codec.turbojpeg, ''",
    "netgear-video-javacv, io.netgear.video.javacv, io.netgear.video.javacv",
    "netgear-cli, io.netgear.cli, ''",
    "netgear-testkit, io.netgear.testkit, io.netgear.testkit",
  })
  void shouldHaveARealDescriptorThatExportsOnlyTheApi(
      String artifact, String module, String exports) throws Exception {
    ModuleDescriptor descriptor = descriptor(artifact);

    assertThat(descriptor.name()).isEqualTo(module);
    assertThat(descriptor.isAutomatic()).isFalse();
    assertThat(descriptor.isOpen()).isFalse();
    assertThat(descriptor.rawVersion()).isPresent();
    assertThat(descriptor.exports()).allMatch(export -> !export.isQualified());
    assertThat(descriptor.exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactlyInAnyOrder(exports.isEmpty() ? new String[0] : exports.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "netgear-api, java.base tools.jackson.core",
    "netgear-transport-zmq, java.base io.netgear org.zeromq.jeromq",
    "netgear-transport-netty, java.base jdk.net io.netgear io.netty.buffer io.netty.codec"
        + " io.netty.codec.http io.netty.common io.netty.handler io.netty.transport"
        + " io.netty.transport.classes.epoll io.netty.transport.unix.common",
    "netgear-tunnel-ssh, java.base io.netgear com.jcraft.jsch",
    "netgear-codec-turbojpeg, java.base io.netgear",
  })
  void shouldRequireNothingThatAUserCanDoWithout(String artifact, String requires)
      throws Exception {
    assertThat(descriptor(artifact).requires().stream().map(ModuleDescriptor.Requires::name))
        .containsExactlyInAnyOrder(requires.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "netgear-api, io.netgear.spi.Pattern io.netgear.spi.FrameCodec",
    "netgear-transport-zmq, io.netgear.spi.Transport",
    "netgear-transport-netty, io.netgear.spi.Transport",
    "netgear-tunnel-ssh, io.netgear.spi.TunnelProvider",
    "netgear-codec-turbojpeg, io.netgear.spi.FrameCodec",
    "netgear-testkit, io.netgear.spi.Transport",
    "netgear-cli, java.lang.System$LoggerFinder",
  })
  void shouldProvideTheSameOnTheModulePathAndOnTheClassPath(String artifact, String services)
      throws Exception {
    Map<String, Set<String>> ofDescriptor = new TreeMap<>();
    for (ModuleDescriptor.Provides provides : descriptor(artifact).provides()) {
      ofDescriptor.put(provides.service(), Set.copyOf(provides.providers()));
    }

    assertThat(ofDescriptor).containsOnlyKeys(services.split(" "));
    assertThat(serviceFiles(jar(artifact))).isEqualTo(ofDescriptor);
  }

  @Test
  void shouldAskForEveryKindOfPlugIn() throws Exception {
    assertThat(descriptor("netgear-api").uses())
        .containsExactlyInAnyOrder(
            "io.netgear.spi.Transport",
            "io.netgear.spi.FrameCodec",
            "io.netgear.spi.Pattern",
            "io.netgear.spi.TunnelProvider");
  }

  @Test
  void shouldCarryTheNativeLibraryForEachPlatform() throws Exception {
    try (JarFile jar = new JarFile(jar("netgear-codec-turbojpeg").toFile())) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();
      for (String platform : List.of("linux-x86_64", "linux-aarch64", "windows-x86_64")) {
        assertThat(names)
            .as(platform)
            .anyMatch(name -> name.contains(platform) && name.matches(".*\\.(so|dll)"));
      }
    }
  }

  @Test
  void shouldRunOnJava17() throws IOException {
    for (Path path : PackedJars.ours()) {
      try (JarFile jar = new JarFile(path.toFile())) {
        for (var entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
          byte[] start = jar.getInputStream(entry).readNBytes(8);
          assertThat(ByteBuffer.wrap(start).getShort(6))
              .as("class file version of %s in %s", entry, path)
              .isLessThanOrEqualTo(JAVA_17);
        }
      }
    }
  }

  private static ModuleDescriptor descriptor(String artifact) throws Exception {
    Set<ModuleReference> found = ModuleFinder.of(jar(artifact)).findAll();
    assertThat(found).hasSize(1);
    return found.iterator().next().descriptor();
  }

  private static Map<String, Set<String>> serviceFiles(Path path) throws IOException {
    Map<String, Set<String>> services = new TreeMap<>();
    try (JarFile jar = new JarFile(path.toFile())) {
      for (var entry : jar.stream().filter(e -> e.getName().startsWith(SERVICES)).toList()) {
        String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        if (!entry.isDirectory()) {
          services.put(
              entry.getName().substring(SERVICES.length()),
              text.lines().filter(line -> !line.isBlank()).collect(Collectors.toSet()));
        }
      }
    }
    return services;
  }

  private static Path jar(String artifact) throws URISyntaxException {
    if (artifact.equals("netgear-testkit")) {
      // Not among what a user runs with, so it is taken from where this test has it.
      return Path.of(
          InMemoryTransport.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
    return PackedJars.of(artifact);
  }
}
