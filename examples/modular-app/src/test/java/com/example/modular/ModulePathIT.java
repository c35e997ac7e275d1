package com.example.modular;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed application in a JVM of its own, with nothing but a module path. */
class ModulePathIT {
  private static final String MAIN = "com.example.modular/com.example.modular.Main";
  private static final Path APPLICATION = Path.of(System.getProperty("example.jars"));
  private static final Path PLUGIN = Path.of(System.getProperty("example.plugin"));

  @TempDir Path work;

  @Test
  void shouldFindPluginsThatLieOnTheModulePath() throws Exception {
    List<String> printed = run(List.of(), List.of(APPLICATION));

    assertThat(printed)
        .contains("running in module com.example.modular")
        .anyMatch(line -> line.startsWith("transport zmq from io.netgear.transport.zmq"))
        .anyMatch(line -> line.startsWith("codec turbojpeg from io.netgear.codec.turbojpeg"))
        .noneMatch(line -> line.contains("does not work here"))
        .contains("frame 9: jpeg, Frame 320x240 GRAY", "received 10 of 10 frames");
  }

  @Test
  void shouldRunWithAllModulesOfThePathResolved() throws Exception {
    List<String> printed =
        run(List.of("--add-modules", "ALL-MODULE-PATH"), List.of(APPLICATION, PLUGIN), "deflate");

    assertThat(printed)
        .anyMatch(line -> line.startsWith("codec deflate from com.example.deflate"))
        .contains("frame 9: deflate, Frame 320x240 GRAY", "received 10 of 10 frames");
  }

  @Test
  void shouldRunAnotherCodecOnceItsJarLiesOnTheModulePath() throws Exception {
    assertThat(run(List.of(), List.of(APPLICATION, PLUGIN), "deflate"))
        .contains("frame 0: deflate, Frame 320x240 GRAY", "received 10 of 10 frames");
  }

  private List<String> run(List<String> options, List<Path> modulePath, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=io.netgear.codec.turbojpeg");
    }
    command.addAll(options);
    command.add("--module-path");
    command.add(String.join(File.pathSeparator, modulePath.stream().map(Path::toString).toList()));
    command.add("--module");
    command.add(MAIN);
    Collections.addAll(command, arguments);
    Path printed = work.resolve("printed");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);
      List<String> lines = Files.readAllLines(printed);
      assertThat(ended).as("ended by itself, having printed %s", lines).isTrue();
      assertThat(process.exitValue()).as("exit status after %s", lines).isZero();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }
}
