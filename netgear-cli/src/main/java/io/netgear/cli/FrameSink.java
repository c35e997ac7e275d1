package io.netgear.cli;

import io.netgear.ReceivedFrame;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is done with frames that arrive: shown, saved, checked. For one thread. */
interface FrameSink extends AutoCloseable {
  /** Looks at a frame, which stays the caller's. */
  void take(ReceivedFrame frame);

  /** Whether it still makes sense to go on; a closed window does not want more. */
  default boolean wantsMore() {
    return true;
  }

  /** Adds what there is to tell to the summary. */
  default void describe(Map<String, Object> summary) {}

  /** What there is to tell a person at the end, as a sentence; null for nothing. */
  default String sentence() {
    return null;
  }

  @Override
  void close();

  /** Tells a person what {@code sinks} have to tell. */
  static void print(List<FrameSink> sinks, PrintStream out) {
    sinks.stream().map(FrameSink::sentence).filter(Objects::nonNull).forEach(out::println);
  }

  /**
   * Closes all of {@code sinks}, also when one of them fails, and adds what they tell to the
   * summary. Throws at the end what the first of them threw.
   */
  static void closeAll(List<FrameSink> sinks, Map<String, Object> summary) {
    RuntimeException failure = null;
    for (FrameSink sink : sinks) {
      try {
        sink.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
      sink.describe(summary);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
