package io.netgear.cli;

import io.netgear.Address;
import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.StreamEnd;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code netgear relay}. */
@Command(
    name = "relay",
    description = "Receives frames and sends them on as they came, to one or many.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("try") // registrations and progress are held, not used
final class RelayCommand implements Callable<Integer> {
  private static final Duration LOOK_UP = Duration.ofMillis(200);

  private final Shell shell;

  @Mixin RelayFlags out = new RelayFlags();
  @Mixin LimitFlags limits = new LimitFlags();
  @Mixin EndpointFlags endpoint = new EndpointFlags();
  @Mixin QueueFlags queue = new QueueFlags();
  @Mixin OutputFlags output = new OutputFlags();

  RelayCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new Report("relay", shell, output).of(this::stream);
  }

  private Ended stream(Tally tally, Map<String, Object> extras) {
    limits.check();
    ReceiverBuilder builder = NetGear.receiver();
    endpoint.apply(builder);
    queue.apply(builder);
    List<RelayOutput> outputs = new ArrayList<>();
    try (Interruption.Registration late =
        shell.interruption().whenLate(() -> List.copyOf(outputs).forEach(RelayOutput::abort))) {
      try {
        boolean secured = InForce.of(endpoint.conduct.opened(builder::explain)).secure();
        out.open(outputs, endpoint.conduct.name, queue.holdsBack(), secured);
        return receive(builder, outputs, tally);
      } finally {
        outputs.forEach(RelayOutput::close);
        extras.put("outputs", outputs.stream().map(RelayOutput::describe).toList());
      }
    }
  }

  private Ended receive(ReceiverBuilder builder, List<RelayOutput> outputs, Tally tally) {
    try (FrameReceiver receiver = endpoint.conduct.opened(builder.encodedOnly()::open);
        Interruption.Registration late = shell.interruption().whenLate(receiver::close)) {
      try (Progress progress = Progress.of(shell, output, false, tally.role(), receiver::stats)) {
        announce(receiver, outputs);
        return relay(receiver, outputs, tally);
      } finally {
        receiver.close();
        tally.close(receiver.stats());
      }
    }
  }

  private Ended relay(FrameReceiver receiver, List<RelayOutput> outputs, Tally tally) {
    while (!shell.interruption().requested()) {
      Optional<ReceivedFrame> received = receiver.recv(LOOK_UP);
      if (received.isPresent()) {
        tally.frame(null, received.get().message() != null);
        SharedFrame shared = new SharedFrame(received.get(), outputs.size());
        outputs.forEach(way -> way.offer(shared));
      } else if (receiver.ended()) {
        return ended(receiver, tally);
      }
      if (limits.enough(tally.frames()) || limits.timeIsUp(tally.nanos())) {
        return Ended.LIMIT;
      }
      if (outputs.stream().allMatch(way -> way.failure() != null)) {
        throw new StreamFailure(
            Ended.TIMEOUT, "No way out is left. " + outputs.get(0).failure(), null);
      }
    }
    return Ended.GOODBYE;
  }

  private static Ended ended(FrameReceiver receiver, Tally tally) {
    if (receiver.end().orElse(StreamEnd.CLOSED) != StreamEnd.IDLE) {
      return Ended.GOODBYE;
    }
    throw new StreamFailure(
        Ended.TIMEOUT,
        (tally.started()
                ? "The sender fell silent without a goodbye after " + tally.frames() + " frames"
                : "No frame arrived in time at " + receiver.addresses())
            + ". --retries sets how long to wait for it.",
        null);
  }

  private void announce(FrameReceiver receiver, List<RelayOutput> outputs) {
    List<String> in = receiver.addresses().stream().map(Address::toString).toList();
    List<String> ways = outputs.stream().flatMap(way -> way.addresses().stream()).toList();
    List<URI> web = outputs.stream().flatMap(way -> way.webAddresses().stream()).toList();
    if (output.verbose) {
      shell.err().println(receiver.explain());
    }
    if (output.jsonEvents) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", "ready");
      event.put("addresses", in);
      event.put("outputs", ways);
      if (!web.isEmpty()) {
        event.put("web", web.stream().map(URI::toString).toList());
      }
      shell.out().println(Json.write(event));
      shell.out().flush();
      return;
    }
    WebFlags.announce(web, shell.err());
    if (Progress.isShown(shell, output, false)) {
      shell.err().println("From " + String.join(", ", in) + " to " + String.join(", ", ways));
    }
  }
}
