package io.netgear.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.bench.report.Question;
import io.netgear.bench.report.Results;
import io.netgear.bench.report.ResultsFile;
import io.netgear.bench.report.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as the shell sees it; how fast anything is does not matter. */
class BenchTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @AfterEach
  void forgetSource() {
    System.clearProperty(Footage.SOURCE_PROPERTY);
  }

  @Test
  void shouldMeasurePrintAndKeepAReport() throws IOException {
    Path report = folder.resolve("some/where");

    int status =
        run("--quick --json --size 160x120 --only encode,unchanged,round-trip --output", report);

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
    Results results = ResultsFile.read(report);
    assertThat(results.questions())
        .extracting(Question::id)
        .containsExactly(
            "encode", "unchanged-encode", "unchanged-decode", "round-trip-zmq", "round-trip-netty");
    assertThat(results.questions())
        .allSatisfy(
            question -> {
              assertThat(report.resolve(question.id() + ".svg")).isNotEmptyFile();
              assertThat(question.rows()).allSatisfy(BenchTest::requireSound);
              assertThat(question.rows().get(0).isBaseline()).isTrue();
            });
    assertThat(results.questions().get(0).rows())
        .hasSize(JpegImplementation.present().size() + 1)
        .extracting(Row::label)
        .contains("NetGear, 1 thread", "NetGear, all cores", "ImageIO");
    assertThat(results.settings()).containsEntry("size", "160x120").containsKey("pictures");
    assertThat(Files.readString(report.resolve("report.html"))).contains("How long does it take");
    assertThat(Files.readString(report.resolve("report.md"))).contains("](encode.svg)");
    assertThat(out.toString(UTF_8)).contains("How long does it take to make a JPEG?");
    assertThat(out.toString(UTF_8).lines().reduce((first, last) -> last).orElseThrow())
        .isEqualTo(ResultsFile.write(results));
  }

  private static void requireSound(Row row) {
    assertThat(row.millis()).isPositive();
    assertThat(row.p99Millis()).isGreaterThanOrEqualTo(row.millis());
    assertThat(row.ratio()).isBetween(row.low(), row.high());
    assertThat(row.rounds()).isGreaterThanOrEqualTo(Times.FEWEST);
  }

  @Test
  void shouldMeasurePicturesOfASinglePixel() throws IOException {
    assertThat(run("--quick --size 1x1 --only encode,decode --output", folder)).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(ResultsFile.read(folder).questions()).hasSize(2);
  }

  @Test
  void shouldMeasureManyStreamsAndWaitingFrames() throws IOException {
    int status = run("--quick --size 160x120 --only streams,decode-ahead --output", folder);

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
    Results results = ResultsFile.read(folder);
    assertThat(results.questions())
        .extracting(Question::id)
        .containsExactly("streams", "decode-ahead");
    assertThat(results.questions())
        .allSatisfy(q -> assertThat(q.rows()).allSatisfy(BenchTest::requireSound));
    assertThat(results.questions().get(0).rows())
        .extracting(Row::label)
        .containsExactly("1 stream, 1 thread", "1 stream", "4 streams", "16 streams");
  }

  @Test
  void shouldTellItsVersion() {
    assertThat(Bench.run(stream(out), stream(err), "--version")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("netgear ");
  }

  @Test
  void shouldCompareTwoRuns() throws IOException {
    Path run = folder.resolve("run");
    assertThat(run("--quick --size 64x48 --only colours,colours --output", run)).isZero();
    assertThat(ResultsFile.read(run).questions())
        .extracting(Question::id)
        .containsExactly("colours-encode", "colours-decode");
    out.reset();

    int status = run("--compare " + run + "/results.json", run);

    assertThat(status).isZero();
    assertThat(out.toString(UTF_8)).contains("GRAY").contains(" same ").doesNotContain("differs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--framez | There is no flag '--framez'.",
        "stray | 'stray' belongs to no flag.",
        "--only everything | --only takes encode, decode, threads,",
        "--size large | The size 'large' is not of the form 1920x1080.",
        "--size 640x0 | The sides of a picture are 1 to 65535, got 640x0.",
        "--size 65536x1 | The sides of a picture are 1 to 65535, got 65536x1.",
        "--size | Expected parameter for option '--size' but found '--output'.",
        "--compare one | option '--compare'",
        "--source test:1x --only colours --quick | 'test:1x' is no test pattern",
      })
  void shouldRefuseInOneSentence(String line, String expected) {
    int status = run(line + " --output", folder);

    assertThat(status).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("netgear: ").contains(expected);
    assertThat(err.toString(UTF_8).lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--compare nowhere/a nowhere/b | There are no results to read at nowhere",
        "--quick --only colours --output /proc/none | The folder /proc/none for the report cannot",
        "--source nowhere.mp4 --quick --only colours --output FOLDER | nowhere.mp4",
        "--source test:26000x26000 --size 26000x26000 --quick --only colours --output FOLDER | Take a smaller --size.",
      })
  void shouldFailInOneSentence(String line, String expected) {
    String[] arguments = line.replace("FOLDER", folder.toString()).split(" ", -1);
    int status = Bench.run(stream(out), stream(err), arguments);

    assertThat(status).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("netgear: ").contains(expected);
    assertThat(err.toString(UTF_8).lines()).hasSize(1);
  }

  private int run(String line, Path last) {
    String[] arguments = (line + " " + last).split(" ", -1);
    return Bench.run(stream(out), stream(err), arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
