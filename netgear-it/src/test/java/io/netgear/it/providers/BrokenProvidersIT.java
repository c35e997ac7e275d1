package io.netgear.it.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.JavaProgram;
import io.netgear.it.process.Json;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A third party's codec beside ours, good or broken in one way or another. */
class BrokenProvidersIT {
  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void shouldFindSomebodyElsesCodec(Paths path) throws IOException {
    Map<?, ?> odd = onlyOdd(path, new PluginJar());

    assertThat(odd.get("name")).isEqualTo("odd");
    assertThat(odd.get("usable")).isEqualTo(true);
    assertThat(odd.get("detail")).isEqualTo("odd but good");
    assertThat(odd.get("origin"))
        .asString()
        .contains(path == Paths.MODULE_PATH ? PluginJar.MODULE : "odd-codec-7.jar");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSkipOneThatFailsToConstruct(Paths path) throws IOException {
    Map<?, ?> odd = onlyOdd(path, new PluginJar().failingToConstruct("no licence on Sundays"));

    assertThat(odd.get("usable")).isEqualTo(false);
    assertThat(odd.get("name")).isEqualTo(PluginJar.TYPE);
    assertThat(odd.get("detail")).asString().contains("no licence on Sundays");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSkipOneThatFailsWhenAskedWhetherItWorks(Paths path) throws IOException {
    Map<?, ?> odd = onlyOdd(path, new PluginJar().failingToTellWhetherItWorks("the moon is full"));

    assertThat(odd.get("usable")).isEqualTo(false);
    assertThat(odd.get("name")).isEqualTo("odd");
    assertThat(odd.get("detail")).asString().contains("the moon is full");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSkipOneForAnotherSpi(Paths path) throws IOException {
    Map<?, ?> odd = onlyOdd(path, new PluginJar().forSpiVersion(3));

    assertThat(odd.get("usable")).isEqualTo(false);
    assertThat(odd.get("detail")).isEqualTo("requires SPI 3, this NetGear offers 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"somebody.elses.Missing", "picocli.CommandLine"})
  void shouldSkipAServiceFileThatNamesNoCodec(String type) throws IOException {
    Map<?, ?> odd = onlyOdd(Paths.CLASS_PATH, new PluginJar().withServiceFileNaming(type));

    assertThat(odd.get("usable")).isEqualTo(false);
    assertThat(odd.get("detail")).asString().contains(type);
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellTheReasonOfTheOneThatWasAskedFor(Paths path) throws IOException {
    JavaProgram program =
        path.program().with(new PluginJar().unavailable("no GPU here").packInto(folder));
    String complaint =
        programs
            .start(program, "send", "--codec", "odd", "--connect", "tcp://127.0.0.1:9")
            .awaitComplaint(1);

    assertThat(complaint)
        .contains("No codec named 'odd' is available.")
        .contains("found:   ")
        .contains("turbojpeg")
        .contains("skipped: odd")
        .contains("no GPU here");
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseToChooseBetweenTwoOfTheSameName(Paths path) throws IOException {
    JavaProgram program = path.program().with(new PluginJar().named("turbojpeg").packInto(folder));
    String complaint =
        programs.start(program, "send", "--connect", "tcp://127.0.0.1:9").awaitComplaint(1);

    assertThat(complaint)
        .contains("There are 2 codecs named 'turbojpeg'.")
        .contains(path == Paths.MODULE_PATH ? "io.netgear.codec.turbojpeg" : "netgear-codec-turbo")
        .contains(path == Paths.MODULE_PATH ? PluginJar.MODULE : "odd-codec-7.jar");
  }

  @Test
  void shouldStreamBesideABrokenOne() throws IOException {
    JavaProgram program =
        JavaProgram.onClassPath().with(new PluginJar().failingToConstruct("ouch").packInto(folder));
    Receiver receiver = programs.receiver(program, "--check", "test");
    programs
        .sender(program, receiver, "--frames", "10", "--source", "test:320x240@100")
        .awaitSummary()
        .assertEnded("limit");

    receiver.awaitSummary().assertEnded("goodbye").assertWholePattern(10);
  }

  /** What {@code info} tells of the one that is not ours, after making sure that ours are there. */
  private Map<?, ?> onlyOdd(Paths path, PluginJar plugin) throws IOException {
    RunningProgram info =
        programs.start(path.program().with(plugin.packInto(folder)), "info", "--json");
    assertThat(info.awaitExit()).as("%s", info).isZero();
    assertThat(info.err()).isEmpty();
    List<Map<?, ?>> codecs =
        ((List<?>) Json.object(info.out().get(0)).get("providers"))
            .stream()
                .<Map<?, ?>>map(provider -> (Map<?, ?>) provider)
                .filter(provider -> provider.get("kind").equals("codec"))
                .toList();
    assertThat(codecs)
        .filteredOn(codec -> List.of("raw", "turbojpeg").contains(codec.get("name")))
        .hasSize(2)
        .allMatch(codec -> codec.get("usable").equals(true));
    List<Map<?, ?>> others =
        codecs.stream()
            .filter(codec -> !List.of("raw", "turbojpeg").contains(codec.get("name")))
            .toList();
    assertThat(others).hasSize(1);
    return others.get(0);
  }
}
