package io.netgear.cli;

import io.netgear.SenderBuilder;
import java.util.List;
import picocli.CommandLine.Option;

/** What goes with each frame, and how long and by whom a sender wants it answered. */
final class DeliveryFlags {
  @Option(
      names = "--message",
      paramLabel = "JSON",
      description = "Attached to each frame: any JSON value.")
  String message;

  @Option(
      names = "--broadcast",
      description =
          "With --multi-client and request-reply: every frame to all, not to one in turn.")
  boolean broadcast;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "How long to wait for the answer to a frame, 4 s unless told.")
  String timeout;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Frames on their way without an answer, with pattern pair; 1 unless told.")
  String window;

  /** Hands what was said to {@code builder}. */
  void apply(SenderBuilder builder) {
    Assignments.to(builder)
        .set("broadcast", broadcast)
        .set("request_timeout", timeout)
        .set("window", window);
  }

  /** The value of {@code --message}; null for none. */
  Object attachment() {
    return message == null ? null : Json.readArgument("--message", message);
  }

  /** Says it all again, on another command line. */
  void addTo(List<String> flags) {
    DemoCommand.add(flags, "--message", message);
    DemoCommand.add(flags, "--timeout", timeout);
    DemoCommand.add(flags, "--window", window);
    if (broadcast) {
      flags.add("--broadcast");
    }
  }
}
