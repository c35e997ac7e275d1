package io.netgear.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that docs/benchmarks.md promises, and what is read back. */
class ResultsFileTest {
  @TempDir Path folder;

  @Test
  void shouldReadWhatItWrote() throws IOException {
    Path file = write(ResultsFile.write(Samples.results()));

    assertThat(ResultsFile.read(file)).isEqualTo(Samples.results());
    assertThat(ResultsFile.read(folder)).isEqualTo(Samples.results());
  }

  @Test
  void shouldHaveTheKeysThatAreDocumented() throws IOException {
    Map<?, ?> results = (Map<?, ?>) Json.read(write(ResultsFile.write(Samples.results())));
    Map<?, ?> question = (Map<?, ?>) ((List<?>) results.get("questions")).get(0);
    Map<?, ?> row = (Map<?, ?>) ((List<?>) question.get("rows")).get(2);

    assertThat(List.copyOf(results.keySet()))
        .isEqualTo(
            List.of(
                "format",
                "version",
                "started",
                "seconds",
                "machine",
                "settings",
                "left_out",
                "questions"));
    assertThat(results.get("format")).isEqualTo("netgear-bench");
    assertThat(results.get("version")).isEqualTo(1);
    assertThat(List.copyOf(question.keySet())).isEqualTo(List.of("id", "title", "about", "rows"));
    assertThat(List.copyOf(row.keySet()))
        .isEqualTo(
            List.of(
                "label",
                "against",
                "rounds",
                "ratio",
                "ratio_low",
                "ratio_high",
                "ms",
                "p99_ms",
                "processor_ratio",
                "heap_bytes",
                "jpeg_bytes"));
    assertThat(row.get("rounds")).isEqualTo(40);
    assertThat(row.get("ratio")).isEqualTo(0.98);
    assertThat(row.get("heap_bytes")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"format\":\"netgear-bench\"",
        "{\"format\":\"netgear-bench\",\"version\":2}",
        "{\"format\":\"netgear-bench\",\"version\":1}",
        "{\"format\":\"netgear-bench\",\"version\":1,\"started\":\"yesterday\"}",
        "{} {}"
      })
  void shouldRefuseOtherFilesInOneSentence(String text) throws IOException {
    Path file = write(text);

    assertThatThrownBy(() -> ResultsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " holds no results of netgear bench: ")
        .hasMessageEndingWith(".")
        .hasMessageNotContainingAny("class java", "REDACTED");
  }

  @Test
  void shouldSayWhereThereIsNothing() {
    assertThatThrownBy(() -> ResultsFile.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("There are no results to read at " + folder.resolve("results.json") + ".");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve(ResultsFile.NAME), text);
  }
}
