package io.netgear.cli;

import io.netgear.Address;
import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.ReceiverBuilder;
import io.netgear.StreamEnd;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code netgear demo}: this process receives what a second one sends; further senders or receivers
 * have processes of their own too. The others start first, so that all JVMs warm up side by side;
 * the senders learn the addresses when the receivers have bound free ports.
 */
@Command(
    name = "demo",
    description = "Shows frames going from one process to another over loopback.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("try") // registrations and progress are held, not used
final class DemoCommand implements Callable<Integer> {
  private static final double SECONDS = 10;
  private static final long LAST_FRAMES_MS = 1_000;
  private static final int MOST_ENDS = 16;
  private static final String ANY_PORT = "tcp://127.0.0.1:0";

  private final Shell shell;

  @Mixin SourceFlags source = new SourceFlags();
  @Mixin LimitFlags limits = new LimitFlags();
  @Mixin SinkFlags sinks = new SinkFlags();
  @Mixin ConductFlags conduct = new ConductFlags();

  @Option(
      names = "--ends",
      paramLabel = "N",
      description =
          "How many senders (--multi-server) or receivers (--multi-client) take part; 2 unless told.")
  Integer ends;

  @Mixin DeliveryFlags delivery = new DeliveryFlags();
  @Mixin QueueFlags queue = new QueueFlags();
  @Mixin ReplyFlags reply = new ReplyFlags();
  @Mixin SshFlags ssh = new SshFlags();
  @Mixin CompressionFlags compression = new CompressionFlags();
  @Mixin OutputFlags output = new OutputFlags();

  private final List<FrameSink> opened = new ArrayList<>();
  private final Map<String, Object> returned = new LinkedHashMap<>();
  private List<Map<?, ?>> sent;
  private List<Map<?, ?>> receivedElsewhere;

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new Report("demo", shell, output).of(this::stream, this::print);
  }

  private Ended stream(Tally tally, Map<String, Object> extras) {
    limits.check();
    int several = several();
    if (limits.frames == null && limits.seconds == null) {
      limits.seconds = SECONDS;
    }
    if (conduct.pattern == null) {
      conduct.pattern = delivery.window == null ? "request-reply" : "pair";
    }
    int senders = conduct.multiServer ? several : 1;
    int receivers = conduct.multiClient ? several : 1;
    ReceiverBuilder builder =
        NetGear.receiver(String.join(",", Collections.nCopies(senders, ANY_PORT)));
    conduct.apply(builder);
    compression.refuseConflict(conduct);
    queue.apply(builder);
    reply.apply(builder);
    sinks.apply(builder, conduct.encodedOnly());
    Ended ended;
    try (OtherEnds others =
            OtherEnds.start(senders, senderFlags(), receivers - 1, receiverFlags());
        Interruption.Registration stop = shell.interruption().atOnce(others::stop);
        FrameReceiver receiver = conduct.opened(builder::open);
        Replies replies = reply.open(receiver, compression);
        Interruption.Registration late = shell.interruption().whenLate(receiver::close)) {
      endWith(others, receiver);
      try {
        open(receiver);
        others.connectTo(receiver.addresses());
        introduce(others, receiver);
        ended = loop(receiver, tally);
        if (!receiver.end().equals(Optional.of(StreamEnd.GOODBYE))) {
          others.stop();
        }
        others.awaitEnd();
      } finally {
        receiver.close();
        tally.close(receiver.stats());
        replies.describe(returned);
        FrameSink.closeAll(opened, extras);
      }
      settle(others);
      describe(extras);
    }
    return ended;
  }

  /** How many ends there are of the kind that a multi mode has several of. */
  private int several() {
    boolean multi = conduct.multiServer || conduct.multiClient;
    if (ends != null && !multi) {
      throw new IllegalArgumentException(
          "--ends is for --multi-server or --multi-client: give one of them too.");
    }
    if (ends != null && (ends < 1 || ends > MOST_ENDS)) {
      throw new IllegalArgumentException(
          "--ends is from 1 to " + MOST_ENDS + ", got " + ends + ": each is a process.");
    }
    return ends == null ? 2 : ends;
  }

  private List<String> senderFlags() {
    List<String> flags = new ArrayList<>();
    add(flags, "--source", source.source);
    add(flags, "--fps", source.framesPerSecond);
    add(flags, "--resize", source.percent);
    add(flags, "--frames", limits.frames);
    add(flags, "--seconds", limits.seconds);
    if (source.loop) {
      flags.add("--loop");
    }
    if (reply.wanted()) {
      flags.add("--bidirectional");
    }
    delivery.addTo(flags);
    ssh.addTo(flags);
    conduct.addTo(flags);
    compression.addTo(flags);
    return flags;
  }

  private List<String> receiverFlags() {
    List<String> flags = new ArrayList<>();
    queue.addTo(flags);
    reply.addTo(flags);
    conduct.addTo(flags);
    compression.addTo(flags);
    return flags;
  }

  static void add(List<String> flags, String flag, Object value) {
    if (value != null) {
      flags.add(flag + "=" + value);
    }
  }

  private void open(FrameReceiver receiver) {
    if (source.isTestPattern()
        && getsWholeStream()
        && sinks.check == null
        && !conduct.encodedOnly()
        && compression.conversion().isEmpty()
        && source.percent == null) {
      opened.add(new PatternCheck());
    }
    sinks.open(receiver, opened);
  }

  /** Whether every frame of a single sender comes here. */
  private boolean getsWholeStream() {
    return !conduct.multiServer
        && (!conduct.multiClient
            || delivery.broadcast
            || conduct.pattern.equals("publish-subscribe")
            || conduct.pattern.equals("2"));
  }

  private Ended loop(FrameReceiver receiver, Tally tally) {
    // The sender counts the frames and is the one that stops: its goodbye ends this end too.
    try (Progress progress =
        Progress.of(shell, output, sinks.takesTheTerminal(), tally.role(), receiver::stats)) {
      return new ReceiveLoop(
              receiver, opened, new LimitFlags(), Duration.ZERO, () -> false, conduct.encodedOnly())
          .run(tally);
    }
  }

  /** Senders that are gone send nothing: their goodbyes have come, or never will. */
  private static void endWith(OtherEnds others, FrameReceiver receiver) {
    others.whenNobodySends(
        () ->
            CompletableFuture.delayedExecutor(LAST_FRAMES_MS, TimeUnit.MILLISECONDS)
                .execute(receiver::close));
  }

  private void introduce(OtherEnds others, FrameReceiver receiver) {
    if (Progress.isShown(shell, output, sinks.takesTheTerminal())) {
      List<Long> receivers = new ArrayList<>(List.of(ProcessHandle.current().pid()));
      others.receivers().forEach(end -> receivers.add(end.pid()));
      shell
          .err()
          .println(
              processes(
                      others.senders().stream().map(EndProcess::pid).toList(), " sends ", " send ")
                  + source.source
                  + " to "
                  + processes(receivers, "", "").toLowerCase(Locale.ROOT)
                  + " at "
                  + receiver.addresses().stream()
                      .map(Address::toString)
                      .collect(Collectors.joining(", ")));
    }
    if (output.verbose) {
      shell.err().println(receiver.explain());
    }
  }

  private static String processes(List<Long> pids, String one, String many) {
    String listed = pids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return pids.size() == 1 ? "Process " + listed + one : "Processes " + listed + many;
  }

  /** Takes what the others told. */
  private void settle(OtherEnds others) {
    if (output.verbose) {
      others.eachComplaint(line -> shell.err().println(line));
    }
    for (EndProcess end : others.senders()) {
      if (end.summary().get("error") instanceof String sentence
          && !shell.interruption().requested()) {
        if (end.exitStatus() == ExitStatus.USAGE) {
          throw new IllegalArgumentException(sentence);
        }
        throw new StreamFailure(Ended.ERROR, sentence, null);
      }
    }
    sent = others.sent();
    receivedElsewhere = others.received();
  }

  private void describe(Map<String, Object> extras) {
    extras.putAll(returned);
    if (sent.size() == 1) {
      extras.put("sender", sent.get(0));
    } else {
      extras.put("senders", sent);
    }
    if (!receivedElsewhere.isEmpty()) {
      extras.put("receivers", receivedElsewhere);
    }
  }

  private void print(PrintStream out, Tally tally, Ended ended) {
    if (sent != null) {
      List<Map<?, ?>> received = new ArrayList<>(List.of(Summary.of(tally, ended, null, returned)));
      received.addAll(receivedElsewhere);
      DemoTable.of(sent, received).print(out);
    }
    FrameSink.print(opened, out);
    if (tally.started()) {
      out.println("First frame after " + tally.firstFrameMillis() + " ms.");
    }
  }
}
