package io.netgear.bench;

import io.netgear.NetGearException;
import io.netgear.bench.report.Comparison;
import io.netgear.bench.report.HtmlReport;
import io.netgear.bench.report.MarkdownReport;
import io.netgear.bench.report.Question;
import io.netgear.bench.report.Results;
import io.netgear.bench.report.ResultsFile;
import io.netgear.bench.report.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code netgear bench}, see docs/command.md. */
@Command(
    name = "netgear bench",
    description = "Measures this machine against others who make JPEGs, and streams over loopback.",
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  private static final int FINE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String UNCHANGED =
      " % of the rows are as in the picture before: NetGear takes over what it can of them, the"
          + " others make all of them anew";
  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final PrintStream out;

  @Option(names = "--quick", description = "As little as says anything: a few seconds, 640x480.")
  boolean quick;

  @Option(
      names = "--source",
      paramLabel = "FILE|URL|test[:WxH@fps]",
      description = "Pictures to measure with, as send --source takes them.")
  String source;

  @Option(names = "--size", paramLabel = "WxH", description = "1920x1080 unless told.")
  String size;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description =
          "Some questions: encode, decode, threads, unchanged, colours, sizes, streams, decode-ahead,"
              + " round-trip.")
  List<String> only = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where the report goes; bench-results/DATE-TIME unless told.")
  Path output;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "RUN",
      description = "Measures nothing: compares two runs, by their folders or results.json.")
  List<Path> compare = List.of();

  @Option(names = "--json", description = "One JSON object as the last line: the results.")
  boolean json;

  private Bench(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the JVM with its exit status. */
  public static void main(String[] arguments) {
    int status = run(System.out, System.err, arguments);
    System.out.flush();
    System.exit(status);
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    CommandLine line = new CommandLine(new Bench(out));
    line.getCommandSpec().version("netgear " + MachineFacts.version());
    line.setOut(new PrintWriter(out, true, Charset.defaultCharset()));
    line.setErr(new PrintWriter(err, true, Charset.defaultCharset()));
    line.setParameterExceptionHandler((wrong, ignored) -> refuse(err, wrong));
    line.setExecutionExceptionHandler((failure, of, parsed) -> fail(err, failure));
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      err.println(
          "netgear: The pictures do not fit the memory that there is: "
              + e.getMessage()
              + ". Take a smaller --size.");
      return FAILED;
    }
  }

  private static int refuse(PrintStream err, ParameterException wrong) {
    String sentence = wrong.getMessage();
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      sentence =
          word.startsWith("-")
              ? "There is no flag '" + word + "'."
              : "'" + word + "' belongs to no flag.";
    }
    String end = sentence.endsWith(".") ? "" : ".";
    err.println("netgear: " + sentence + end + " (netgear bench --help tells what there is)");
    return USAGE;
  }

  private static int fail(PrintStream err, Exception failure) {
    boolean known =
        failure instanceof NetGearException
            || failure instanceof IOException
            || failure instanceof UncheckedIOException
            || failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException;
    err.println("netgear: " + (known ? failure.getMessage() : "Unexpected failure: " + failure));
    return failure instanceof IllegalArgumentException ? USAGE : FAILED;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!compare.isEmpty()) {
      Results first = ResultsFile.read(compare.get(0));
      new Comparison(first, ResultsFile.read(compare.get(1))).print(out);
      return FINE;
    }
    List<String> names = only.isEmpty() ? ShortSet.names() : only.stream().distinct().toList();
    for (String name : names) {
      if (!ShortSet.names().contains(name)) {
        throw new IllegalArgumentException(
            "--only takes " + String.join(", ", ShortSet.names()) + ", got '" + name + "'.");
      }
    }
    PictureSize pictures = PictureSize.parse(size != null ? size : quick ? "640x480" : "1920x1080");
    if (source != null) {
      System.setProperty(Footage.SOURCE_PROPERTY, source);
    }
    Path folder = makeFolder();
    Results results = measure(names, pictures);
    save(results, folder);
    out.printf("%nThe report is %s%n", folder.resolve("report.html"));
    if (json) {
      out.println(ResultsFile.write(results));
    }
    out.flush();
    return FINE;
  }

  /** Before anything is measured, so that no minute is lost to a folder that cannot be written. */
  private Path makeFolder() throws IOException {
    Path folder =
        output != null
            ? output
            : Path.of("bench-results", LocalDateTime.now(ZoneId.systemDefault()).format(FOLDER));
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException(
          "The folder " + folder + " for the report cannot be made: " + e + ".", e);
    }
  }

  private Results measure(List<String> names, PictureSize pictures)
      throws IOException, InterruptedException {
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long begin = System.nanoTime();
    Map<String, String> machine = MachineFacts.describe();
    machine.put("load before", MachineFacts.load());
    Map<String, String> leftOut = new LinkedHashMap<>();
    // First of all, since the C loop and Java are to load the same file.
    if (JpegImplementation.C.missing().isEmpty()) {
      CProgram.shared();
    }
    for (JpegImplementation one : JpegImplementation.values()) {
      one.missing().ifPresent(why -> leftOut.put(one.label(), why));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("pictures", Footage.describe(pictures));
    settings.put("size", pictures.toString());
    int unchanged = Footage.percentUnchanged(pictures);
    if (unchanged > 0) {
      settings.put("unchanged", unchanged + UNCHANGED);
    }
    settings.put("kind of run", quick ? "quick" : "whole");
    settings.forEach((key, value) -> out.println(key + ": " + value));
    leftOut.forEach((who, why) -> out.println(who + " is left out: " + why));
    TextReport text = new TextReport(out);
    List<Question> questions = new ArrayList<>();
    ShortSet set = new ShortSet(pictures, quick);
    for (String name : names) {
      set.ask(
          name,
          question -> {
            text.print(question);
            questions.add(question);
          });
    }
    machine.put("load after", MachineFacts.load());
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Results(started, seconds, machine, settings, leftOut, questions);
  }

  private static void save(Results results, Path folder) throws IOException {
    Files.writeString(folder.resolve(ResultsFile.NAME), ResultsFile.write(results) + "\n");
    Files.writeString(folder.resolve("report.html"), HtmlReport.of(results));
    Files.writeString(folder.resolve("report.md"), MarkdownReport.of(results));
    for (Question question : results.questions()) {
      Files.writeString(
          folder.resolve(MarkdownReport.chartName(question)), MarkdownReport.chart(question));
    }
  }
}
