package io.netgear.video.javacv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads a clip from a named module, all jars on the module path, in spite of JavaCV's descriptor.
 */
class ModulePathTest {
  private static final String PROGRAM =
      """
      package clip;

      import io.netgear.video.javacv.*;

      public final class Main {
        public static void main(String[] arguments) {
          int frames = 0;
          try (FrameSource source = FrameSources.open(arguments[0])) {
            while (source.next().isPresent()) {
              frames++;
            }
            System.out.println(Main.class.getModule() + " read " + frames + " of "
                + source.description() + " through " + source.getClass().getModule());
          }
        }
      }
      """;

  @Test
  void shouldReadAClipOnTheModulePath(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path clip = Footage.of("walkers-768x432.mp4");
    Path source = Files.createDirectories(folder.resolve("src/clip"));
    Files.writeString(
        folder.resolve("src/module-info.java"),
        "module clip { requires io.netgear.video.javacv; }");
    Files.writeString(source.resolve("Main.java"), PROGRAM);
    String path = ChildJvm.join(modules());
    Path classes = folder.resolve("clip");
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--release",
                "17",
                "-p",
                path,
                "-d",
                classes.toString(),
                folder.resolve("src/module-info.java").toString(),
                source.resolve("Main.java").toString());
    assertThat(status).isZero();

    ChildJvm.Result result =
        ChildJvm.run(
            List.of(
                "-p",
                path + java.io.File.pathSeparator + classes,
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                "clip/clip.Main",
                clip.toString()));

    assertThat(result.output())
        .contains("module clip read 1394 of ")
        .contains("768x432 at 10 frames/s")
        .contains("through module io.netgear.video.javacv");
    assertThat(result.status()).isZero();
  }

  /** What a user of the module has: nothing of the tests. */
  private static List<Path> modules() {
    return ChildJvm.classPath().stream()
        .filter(
            entry -> {
              String text = entry.toString();
              return text.contains("bytedeco")
                  || text.contains("openjfx")
                  || text.contains("jackson")
                  || entry.endsWith("netgear-api/target/classes")
                  || entry.endsWith("netgear-video-javacv/target/classes")
                  || text.matches(".*netgear-(api|video-javacv)-[^/]*(?<!tests)\\.jar");
            })
        .toList();
  }
}
