package io.netgear.cli;

import io.netgear.Address;
import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.ReceiverBuilder;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netgear recv}. */
@Command(
    name = "recv",
    description = "Receives frames and shows, saves or checks them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("try") // registrations and progress are held, not used
final class RecvCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin SinkFlags sinks = new SinkFlags();
  @Mixin LimitFlags limits = new LimitFlags();
  @Mixin EndpointFlags endpoint = new EndpointFlags();
  @Mixin QueueFlags queue = new QueueFlags();
  @Mixin ReplyFlags reply = new ReplyFlags();
  @Mixin CompressionFlags compression = new CompressionFlags();
  @Mixin OutputFlags output = new OutputFlags();

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "Stop when no frame came for so long; never unless told.")
  Double timeout;

  @Option(names = "--attached", hidden = true, description = "Stop where input ends.")
  boolean attached;

  private final List<FrameSink> opened = new ArrayList<>();

  RecvCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new Report("receiver", shell, output).of(this::stream, this::print);
  }

  private Ended stream(Tally tally, Map<String, Object> extras) {
    limits.check();
    Duration silence = silence();
    ReceiverBuilder builder = NetGear.receiver();
    endpoint.apply(builder);
    queue.apply(builder);
    compression.apply(builder, endpoint.conduct);
    sinks.apply(builder, endpoint.conduct.encodedOnly());
    reply.apply(builder);
    try (FrameReceiver receiver = endpoint.conduct.opened(builder::open);
        Replies replies = reply.open(receiver, compression);
        Interruption.Registration late = shell.interruption().whenLate(receiver::close)) {
      try {
        if (attached) {
          new Leash(shell).hold();
        }
        sinks.open(receiver, opened);
        announce(receiver);
        return loop(receiver, silence, tally);
      } finally {
        receiver.close();
        tally.close(receiver.stats());
        replies.describe(extras);
        FrameSink.closeAll(opened, extras);
      }
    }
  }

  private void print(PrintStream out, Tally tally, Ended ended) {
    out.println(Report.sentence(tally, ended));
    FrameSink.print(opened, out);
  }

  private Ended loop(FrameReceiver receiver, Duration silence, Tally tally) {
    try (Progress progress =
        Progress.of(shell, output, sinks.takesTheTerminal(), tally.role(), receiver::stats)) {
      return new ReceiveLoop(
              receiver,
              opened,
              limits,
              silence,
              shell.interruption()::requested,
              endpoint.conduct.encodedOnly())
          .run(tally);
    }
  }

  private void announce(FrameReceiver receiver) {
    String where =
        receiver.addresses().stream().map(Address::toString).collect(Collectors.joining(", "));
    if (output.verbose) {
      shell.err().println(receiver.explain());
    }
    if (output.jsonEvents) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", "ready");
      event.put("addresses", receiver.addresses().stream().map(Address::toString).toList());
      shell.out().println(Json.write(event));
      shell.out().flush();
    } else if (Progress.isShown(shell, output, sinks.takesTheTerminal())) {
      shell.err().println("Receiving at " + where);
    }
  }

  private Duration silence() {
    if (timeout == null) {
      return Duration.ZERO;
    }
    if (!(timeout > 0 && timeout < 1e9)) {
      throw new IllegalArgumentException("--timeout is more than 0 seconds, got " + timeout + ".");
    }
    return Duration.ofNanos((long) (timeout * 1e9));
  }
}
