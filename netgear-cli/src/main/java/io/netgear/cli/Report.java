package io.netgear.cli;

import io.netgear.LatencySummary;
import io.netgear.Stats;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Runs one end and tells how it went: a line for a person, or an object for a program. */
final class Report {
  /** What an end does, from opening to closing. */
  interface Stream {
    /**
     * Streams until there is an end to it.
     *
     * @param tally to be counted into, its books closed on return
     * @param extras to be filled with what else there is to tell
     */
    Ended run(Tally tally, Map<String, Object> extras);
  }

  /** Tells a person how a stream went that was opened. */
  interface Words {
    /** Writes to {@code out}. */
    void print(PrintStream out, Tally tally, Ended ended);
  }

  private final Shell shell;
  private final OutputFlags output;
  private final Tally tally;
  private final Map<String, Object> extras = new LinkedHashMap<>();

  Report(String role, Shell shell, OutputFlags output) {
    this.shell = shell;
    this.output = output;
    this.tally = new Tally(role);
  }

  /** Runs {@code stream}, tells of it in a line, and returns the exit status. */
  int of(Stream stream) {
    return of(stream, (out, counted, ended) -> out.println(sentence(counted, ended)));
  }

  /** Runs {@code stream}, tells of it in {@code words}, and returns the exit status. */
  int of(Stream stream, Words words) {
    StandardErrorLoggers.verbose(output.verbose);
    int status = ExitStatus.FINE;
    String error = null;
    Ended ended;
    try {
      ended = stream.run(tally, extras);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      Failure failure = Failure.of(e, tally.started());
      failure.print(shell.err(), output.verbose);
      status = failure.status();
      error = failure.sentence();
      ended = failure.ended();
    }
    if (output.machineReadable()) {
      if (shell.interruption().requested()) {
        extras.put("interrupted", true);
      }
      shell.out().println(Json.write(Summary.of(tally, ended, error, extras)));
    } else if (tally.started() || (tally.books() != null && error == null)) {
      words.print(shell.out(), tally, ended);
    }
    shell.out().flush();
    return status;
  }

  /** How it went, in a line. */
  static String sentence(Tally tally, Ended ended) {
    Stats books = tally.books();
    double seconds = tally.seconds();
    return String.format(
        Locale.ROOT,
        "%s: %d frames in %.1f s (%.1f fps, %.1f Mbit/s)%s%s%s; ended: %s",
        tally.role(),
        tally.frames(),
        seconds,
        seconds > 0 ? (tally.frames() - 1) / seconds : 0,
        seconds > 0 ? books.payloadBytes() * 8 / 1e6 / seconds : 0,
        tally.format() == null ? "" : " of " + tally.format(),
        books.totalDropped() == 0 ? "" : ", dropped " + Summary.dropped(books),
        latency(books.latency()),
        ended.label());
  }

  private static String latency(LatencySummary latency) {
    return latency.count() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            ", latency %.1f ms (99%%: %.1f)",
            Summary.millis(latency.p50()),
            Summary.millis(latency.p99()));
  }
}
