package io.netgear.cli;

import io.netgear.ReceivedFrame;
import java.util.List;
import java.util.Map;

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

  @Override
  void close();

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
