package io.netgear.cli;

import io.netgear.NetGearException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * What went wrong, for people.
 *
 * @param status what the shell is told
 * @param ended what JSON is told
 * @param sentence what a person is told
 * @param cause for those who ask for a stack trace
 */
record Failure(int status, Ended ended, String sentence, Throwable cause) {
  /**
   * Sorts out {@code thrown}.
   *
   * @param streaming whether frames were flowing, so that the command line cannot be to blame
   */
  static Failure of(Throwable thrown, boolean streaming) {
    if (thrown instanceof StreamFailure failure) {
      return new Failure(ExitStatus.FAILED, failure.ended(), failure.getMessage(), thrown);
    }
    if (thrown instanceof NetGearException || thrown instanceof UncheckedIOException) {
      return failed(thrown.getMessage(), thrown);
    }
    if (thrown instanceof IllegalArgumentException) {
      int status = streaming ? ExitStatus.FAILED : ExitStatus.USAGE;
      return new Failure(status, Ended.ERROR, thrown.getMessage(), thrown);
    }
    if (thrown instanceof OutOfMemoryError) {
      return failed(
          "Out of memory (" + thrown.getMessage() + "): take smaller frames or a larger heap.",
          thrown);
    }
    return failed("Unexpected failure, --verbose shows where: " + thrown, thrown);
  }

  private static Failure failed(String sentence, Throwable thrown) {
    return new Failure(ExitStatus.FAILED, Ended.ERROR, sentence, thrown);
  }

  /** Tells it. */
  void print(PrintStream err, boolean verbose) {
    err.println("netgear: " + sentence);
    boolean expected = cause instanceof StreamFailure && cause.getCause() == null;
    if (verbose && !expected) {
      cause.printStackTrace(err);
    }
  }
}
