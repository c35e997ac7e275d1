package io.netgear.it.process;

import java.util.List;

/**
 * A {@code netgear recv} that waits for senders.
 *
 * @param address where, with the port that it was given
 */
public record Receiver(RunningProgram program, String address) {
  static Receiver ready(RunningProgram program) {
    String line = program.awaitLine("\"event\":\"ready\"");
    List<?> addresses = (List<?>) Json.object(line).get("addresses");
    return new Receiver(program, (String) addresses.get(0));
  }

  /** Waits until frames have arrived. */
  public void awaitFrames() {
    program.awaitProgress();
  }

  /** Waits for the end, which is to be in good order, and gives the summary. */
  public Summary awaitSummary() {
    return program.awaitSummary();
  }
}
