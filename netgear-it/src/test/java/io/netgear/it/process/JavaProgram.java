package io.netgear.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to start {@code netgear} in a JVM of its own: which jars, on which path, on which JDK, with
 * which options of the JVM. Immutable; each method that changes something gives a changed copy.
 */
public record JavaProgram(
    Path jdk, boolean modular, List<Path> jars, List<String> jvmOptions, List<Path> additions) {
  private static final String MAIN = "io.netgear.cli.Main";

  /** The artifacts that load native libraries, and their modules. */
  private static final Map<String, String> NATIVE =
      Map.of(
          "netgear-codec-turbojpeg", "io.netgear.codec.turbojpeg",
          "javacpp", "org.bytedeco.javacpp",
          "ffmpeg", "org.bytedeco.ffmpeg",
          "netty-common", "io.netty.common",
          "netty-tcnative-classes", "io.netty.tcnative.classes.openssl",
          "netty-transport-native-unix-common", "io.netty.transport.unix.common",
          "netty-transport-classes-epoll", "io.netty.transport.classes.epoll");

  /** The packed jars as the launcher has them, on the module path of the JDK of this test. */
  public static JavaProgram onModulePath() {
    return new JavaProgram(ownJdk(), true, PackedJars.ofCommand(), List.of(), List.of());
  }

  /** The same jars on the class path. */
  public static JavaProgram onClassPath() {
    return new JavaProgram(ownJdk(), false, PackedJars.ofCommand(), List.of(), List.of());
  }

  /** The JDK that runs this test. */
  public static Path ownJdk() {
    return Path.of(System.getProperty("java.home"));
  }

  /** On another JDK. */
  public JavaProgram on(Path otherJdk) {
    return new JavaProgram(otherJdk, modular, jars, jvmOptions, additions);
  }

  /** Without the jar of {@code artifact}, which must be there. */
  public JavaProgram without(String artifact) {
    Predicate<Path> its = jar -> isOf(artifact, jar);
    assertThat(jars).as("jars").anyMatch(its);
    List<Path> others = jars.stream().filter(its.negate()).toList();
    return new JavaProgram(jdk, modular, others, jvmOptions, additions);
  }

  /** With one more jar, or folder of classes. */
  public JavaProgram with(Path addition) {
    List<Path> more = new ArrayList<>(additions);
    more.add(addition);
    return new JavaProgram(jdk, modular, jars, jvmOptions, more);
  }

  /** With one more option of the JVM, such as a system property. */
  public JavaProgram with(String jvmOption) {
    List<String> more = new ArrayList<>(jvmOptions);
    more.add(jvmOption);
    return new JavaProgram(jdk, modular, jars, more, additions);
  }

  /** The whole command line of {@code netgear} with {@code args}. */
  List<String> commandLine(List<String> args) {
    List<String> line = new ArrayList<>();
    line.add(jdk.resolve("bin/java").toString());
    // Short lives: compiling well costs more than it saves.
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    if (Jdks.feature(jdk) >= 22) {
      // Since then the JVM warns of native libraries that nobody allowed.
      line.add("--enable-native-access=" + (modular ? nativeModules() : "ALL-UNNAMED"));
    }
    line.addAll(jvmOptions);
    String path =
        Stream.concat(jars.stream(), additions.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    if (modular) {
      line.addAll(List.of("-p", path, "--add-modules", "ALL-MODULE-PATH"));
      line.addAll(List.of("-m", "io.netgear.cli/" + MAIN));
    } else {
      line.addAll(List.of("-cp", path, MAIN));
    }
    line.addAll(args);
    return line;
  }

  /** Of the jars that are there: the JVM warns of others. */
  private String nativeModules() {
    return NATIVE.entrySet().stream()
        .filter(module -> jars.stream().anyMatch(jar -> isOf(module.getKey(), jar)))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining(","));
  }

  private static boolean isOf(String artifact, Path jar) {
    return jar.getFileName().toString().matches(artifact + "-\\d.*");
  }
}
