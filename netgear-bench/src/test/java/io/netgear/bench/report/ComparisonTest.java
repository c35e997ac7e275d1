package io.netgear.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of two runs. */
class ComparisonTest {
  @Test
  void shouldCallFasterOnlyWhatIsOutsideOfBothIntervals() {
    Results before =
        Samples.results(
            Samples.baseline("ours", 5),
            Samples.row("quicker", 0.50, 0.49, 0.51),
            Samples.row("alike", 0.50, 0.45, 0.55),
            Samples.row("lamer", 0.50, 0.49, 0.51));
    Results after =
        Samples.results(
            Samples.baseline("ours", 10),
            Samples.row("quicker", 0.25, 0.24, 0.26),
            Samples.row("alike", 0.53, 0.50, 0.56),
            Samples.row("lamer", 0.75, 0.74, 0.76));

    List<String> lines = compare(before, after);

    assertThat(line(lines, "ours")).isEqualTo("ours 1 1 5.00 10.0 2.00");
    assertThat(line(lines, "quicker")).isEqualTo("quicker 0.50 0.25 0.50 faster 2.50 1.25 0.50");
    assertThat(line(lines, "alike")).contains(" same ");
    assertThat(line(lines, "lamer")).contains(" slower ");
    assertThat(lines).noneMatch(line -> line.startsWith("What differs"));
  }

  @Test
  void shouldTellWhatOnlyOneHas() {
    List<String> lines =
        compare(
            Samples.results(Samples.baseline("ours", 5), Samples.row("gone", 2, 2, 2)),
            Samples.results(Samples.baseline("ours", 5), Samples.row("new", 2, 2, 2)));

    assertThat(line(lines, "gone")).isEqualTo("gone not in B");
    assertThat(line(lines, "new")).isEqualTo("new not in A");
  }

  @Test
  void shouldTellWhatDiffersBesides() {
    Results here = Samples.results();
    Results there =
        new Results(
            Instant.EPOCH, 1, Map.of("processor", "another"), here.settings(), Map.of(), List.of());

    assertThat(compare(here, there))
        .contains("How long does <it> take?: asked in A alone")
        .contains("processor: 2 x Some <CPU> & Co in A, another in B");
  }

  private static List<String> compare(Results first, Results second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Comparison(first, second).print(new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8).lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private static String line(List<String> lines, String label) {
    return lines.stream().filter(line -> line.startsWith(label + " ")).findFirst().orElseThrow();
  }
}
