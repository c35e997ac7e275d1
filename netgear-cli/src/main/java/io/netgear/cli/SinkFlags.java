package io.netgear.cli;

import io.netgear.FrameReceiver;
import io.netgear.ReceiverBuilder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What is done with frames that arrive. */
final class SinkFlags {
  /** Where frames can be looked at. */
  enum View {
    /** A window of its own. */
    WINDOW,
    /** The terminal, in half blocks. */
    TERMINAL,
    /** Nowhere. */
    NONE
  }

  /** What frames can be compared with. */
  enum Check {
    /** {@link PatternCheck}. */
    TEST
  }

  @Option(
      names = "--view",
      paramLabel = "window|terminal|none",
      description = "Look at the frames; q closes the window.")
  View view = View.NONE;

  @Option(
      names = "--save",
      paramLabel = "FILE.avi|FOLDER",
      description = "Keep the received JPEGs as they are.")
  Path save;

  @Option(
      names = "--check",
      paramLabel = "test",
      description = "Compare each frame with the test pattern.")
  Check check;

  /**
   * Asks for what the sinks need.
   *
   * @param encodedOnly whether frames come without pixels
   * @throws IllegalArgumentException if a sink needs them then
   */
  void apply(ReceiverBuilder builder, boolean encodedOnly) {
    if (encodedOnly && (view != View.NONE || check != null)) {
      throw new IllegalArgumentException(
          "--option encoded_only=true leaves no pixels for "
              + (check != null ? "--check" : "--view")
              + ": give one of them.");
    }
    if (save != null && !encodedOnly) {
      builder.keepEncoded();
    }
  }

  /** Opens what was asked for into {@code sinks}; those that are there belong to the caller. */
  void open(FrameReceiver receiver, List<FrameSink> sinks) {
    if (check == Check.TEST) {
      sinks.add(new PatternCheck());
    }
    if (save != null) {
      sinks.add(RecorderSink.open(save));
    }
    if (view == View.WINDOW) {
      sinks.add(WindowSink.open(receiver));
    } else if (view == View.TERMINAL) {
      sinks.add(TerminalSink.open(receiver));
    }
  }

  /** Whether a line of progress would be written over the pictures. */
  boolean takesTheTerminal() {
    return view == View.TERMINAL;
  }
}
