package io.netgear.cli;

import io.netgear.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The processes of a demo beside this one: whoever sends, and the receivers after the first. */
final class OtherEnds implements AutoCloseable {
  private final List<EndProcess> senders = new ArrayList<>();
  private final List<EndProcess> receivers = new ArrayList<>();

  private OtherEnds() {}

  /** Starts all of them, so that every JVM warms up beside this one. */
  static OtherEnds start(
      int senders, List<String> senderFlags, int receivers, List<String> receiverFlags) {
    OtherEnds ends = new OtherEnds();
    try {
      for (int sender = 0; sender < senders; sender++) {
        ends.senders.add(EndProcess.sender(senderFlags));
      }
      for (int receiver = 0; receiver < receivers; receiver++) {
        ends.receivers.add(EndProcess.receiver(receiverFlags));
      }
      return ends;
    } catch (RuntimeException e) {
      ends.close();
      throw e;
    }
  }

  /**
   * Lets the senders go ahead: a single one to every receiver, several each to an address of this
   * process.
   */
  void connectTo(List<Address> here) {
    if (senders.size() > 1) {
      for (int sender = 0; sender < senders.size(); sender++) {
        senders.get(sender).connectTo(here.get(sender).toString());
      }
      return;
    }
    List<String> all = new ArrayList<>();
    here.forEach(address -> all.add(address.toString()));
    receivers.forEach(receiver -> all.add(receiver.address()));
    senders.get(0).connectTo(String.join(",", all));
  }

  /** Runs {@code action} when no sender is left, on another thread. */
  void whenNobodySends(Runnable action) {
    var unused =
        CompletableFuture.allOf(
                senders.stream().map(EndProcess::onExit).toArray(CompletableFuture[]::new))
            .thenRun(action);
  }

  /** Asks the senders to say goodbye and end, and with that the receivers. */
  void stop() {
    senders.forEach(EndProcess::stop);
  }

  /** Waits until all have ended. */
  void awaitEnd() {
    senders.forEach(EndProcess::awaitEnd);
    receivers.forEach(EndProcess::awaitEnd);
  }

  List<EndProcess> senders() {
    return senders;
  }

  List<EndProcess> receivers() {
    return receivers;
  }

  /** What the senders told. */
  List<Map<?, ?>> sent() {
    return summaries(senders);
  }

  /** What the receivers told. */
  List<Map<?, ?>> received() {
    return summaries(receivers);
  }

  private static List<Map<?, ?>> summaries(List<EndProcess> ends) {
    List<Map<?, ?>> summaries = new ArrayList<>();
    ends.forEach(end -> summaries.add(end.summary()));
    return summaries;
  }

  /** Hands over each line that one of them complained with. */
  void eachComplaint(Consumer<String> take) {
    senders.forEach(end -> end.complaints().forEach(line -> take.accept("sender: " + line)));
    receivers.forEach(end -> end.complaints().forEach(line -> take.accept("receiver: " + line)));
  }

  /** Ends them, whatever they do. */
  @Override
  public void close() {
    Stream.concat(senders.stream(), receivers.stream()).forEach(EndProcess::stop);
    awaitEnd();
  }
}
