package io.netgear.examples.seed;

import io.netgear.NetGearException;

/** Failures that are nobody's mistake in the program: a clip, a peer or an address is not there. */
final class Failures {
  private Failures() {}

  /**
   * Ends the calling thread's program with the sentence that says what failed, instead of a stack
   * trace; its exit status is 1 all the same.
   */
  static void inOneSentence() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> tell(failure));
  }

  private static void tell(Throwable failure) {
    if (failure instanceof NetGearException || failure instanceof IllegalArgumentException) {
      System.err.println(failure.getMessage());
    } else {
      failure.printStackTrace();
    }
  }
}
