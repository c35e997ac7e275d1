package io.netgear.cli;

import io.netgear.ReceiverBuilder;
import java.util.List;
import picocli.CommandLine.Option;

/** What happens when frames come faster than they are taken. */
final class QueueFlags {
  @Option(
      names = "--queue",
      paramLabel = "hold-back|newest[:DEPTH]",
      description = "Whether frames wait (DEPTH of them), or only the newest does.")
  String queue;

  @Option(
      names = "--max-age",
      paramLabel = "S",
      description = "Drop frames that are older than so many seconds, such as 0.2.")
  String maxAge;

  /** Whether frames were asked to wait, rather than to be replaced. */
  boolean holdsBack() {
    return queue != null && queue.startsWith("hold");
  }

  /** Says it all again, on another command line. */
  void addTo(List<String> flags) {
    DemoCommand.add(flags, "--queue", queue);
    DemoCommand.add(flags, "--max-age", maxAge);
  }

  void apply(ReceiverBuilder builder) {
    int colon = queue == null ? -1 : queue.indexOf(':');
    Assignments.to(builder)
        .set("queue", colon < 0 ? queue : queue.substring(0, colon))
        .set("queue_depth", colon < 0 ? null : queue.substring(colon + 1))
        .set("max_age", maxAge);
  }
}
