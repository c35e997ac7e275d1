package io.netgear.cli;

import io.netgear.ReceiverBuilder;
import java.util.List;
import picocli.CommandLine.Option;

/** What is done with frames that arrive. */
final class SinkFlags {
  /** What frames can be compared with. */
  enum Check {
    /** {@link PatternCheck}. */
    TEST
  }

  @Option(
      names = "--check",
      paramLabel = "test",
      description = "Compare each frame with the test pattern.")
  Check check;

  void apply(ReceiverBuilder builder) {}

  /** Opens what was asked for into {@code sinks}. */
  void open(Shell shell, List<FrameSink> sinks) {
    if (check == Check.TEST) {
      sinks.add(new PatternCheck());
    }
  }

  OutputFlags quietIfTerminal(OutputFlags output) {
    return output;
  }
}
