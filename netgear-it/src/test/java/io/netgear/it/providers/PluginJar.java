package io.netgear.it.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.PackedJars;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A plug-in that somebody else wrote: a codec named by the test, compiled and packed as a module of
 * its own, with the fault that the test asks for.
 */
final class PluginJar {
  static final String MODULE = "somebody.elses.codec";
  static final String TYPE = "somebody.elses.OddCodec";

  private static final String CODEC =
      """
      package somebody.elses;
      import io.netgear.spi.*;
      public final class OddCodec implements FrameCodec {
        public OddCodec() { %s }
        public String name() { return "%s"; }
        public int spiVersion() { return %d; }
        public Availability availability() { %s }
        public String format() { return "odd"; }
        public FrameEncoder encoder(CodecOptions options) { throw new IllegalStateException(); }
        public FrameDecoder decoder(CodecOptions options) { throw new IllegalStateException(); }
      }
      """;
  private static final String DESCRIPTOR =
      "module %s { requires io.netgear; provides io.netgear.spi.FrameCodec with %s; }"
          .formatted(MODULE, TYPE);
  private static final String AVAILABLE = "return Availability.yes(\"odd but good\");";

  private String name = "odd";
  private String constructor = "";
  private int spiVersion = 1;
  private String availability = AVAILABLE;
  private String serviceFile = TYPE;

  PluginJar named(String codec) {
    name = codec;
    return this;
  }

  PluginJar failingToConstruct(String message) {
    constructor = "if (true) { throw new IllegalStateException(\"" + message + "\"); }";
    return this;
  }

  PluginJar failingToTellWhetherItWorks(String message) {
    availability = "throw new IllegalStateException(\"" + message + "\");";
    return this;
  }

  PluginJar unavailable(String reason) {
    availability = "return Availability.no(\"" + reason + "\");";
    return this;
  }

  PluginJar forSpiVersion(int version) {
    spiVersion = version;
    return this;
  }

  /** For the class path only: what the file in META-INF/services names. */
  PluginJar withServiceFileNaming(String type) {
    serviceFile = type;
    return this;
  }

  /** Compiles and packs it into {@code folder}. */
  Path packInto(Path folder) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(
        classes,
        source("module-info", DESCRIPTOR),
        source(
            "somebody/elses/OddCodec",
            CODEC.formatted(constructor, name, spiVersion, availability)));
    Path service = classes.resolve("META-INF/services/io.netgear.spi.FrameCodec");
    Files.createDirectories(service.getParent());
    Files.writeString(service, serviceFile + "\n");
    Path jar = folder.resolve("odd-codec-7.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        out.write(Files.readAllBytes(path));
      }
    }
    return jar;
  }

  private static void compile(Path classes, JavaFileObject... sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler).as("the compiler of the JDK that runs the tests").isNotNull();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-p",
            PackedJars.of("netgear-api").toString(),
            "-d",
            classes.toString());
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      assertThat(compiler.getTask(null, files, null, options, null, List.of(sources)).call())
          .isTrue();
    }
  }

  private static JavaFileObject source(String type, String text) {
    URI name = URI.create("string:///" + type + JavaFileObject.Kind.SOURCE.extension);
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
