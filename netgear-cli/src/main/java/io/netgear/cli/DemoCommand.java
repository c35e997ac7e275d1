package io.netgear.cli;

import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.ReceiverBuilder;
import io.netgear.StreamEnd;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code netgear demo}: this process receives what a second one sends. The second starts first, so
 * that both JVMs warm up side by side; it learns the address when this one has bound a free port.
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

  private final Shell shell;

  @Mixin SourceFlags source = new SourceFlags();
  @Mixin LimitFlags limits = new LimitFlags();
  @Mixin SinkFlags sinks = new SinkFlags();
  @Mixin ConductFlags conduct = new ConductFlags();
  @Mixin CompressionFlags compression = new CompressionFlags();
  @Mixin OutputFlags output = new OutputFlags();

  private final List<FrameSink> opened = new ArrayList<>();
  private Map<?, ?> sent;

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new Report("demo", shell, output).of(this::stream, this::print);
  }

  private Ended stream(Tally tally, Map<String, Object> extras) {
    limits.check();
    if (limits.frames == null && limits.seconds == null) {
      limits.seconds = SECONDS;
    }
    if (conduct.pattern == null) {
      conduct.pattern = "request-reply";
    }
    ReceiverBuilder builder = NetGear.receiver("tcp://127.0.0.1:0");
    conduct.apply(builder);
    compression.refuseConflict(conduct);
    sinks.apply(builder, conduct.encodedOnly());
    Ended ended;
    try (SenderProcess sender = SenderProcess.start(flags());
        Interruption.Registration stop = shell.interruption().atOnce(sender::stop);
        FrameReceiver receiver = conduct.opened(builder::open);
        Interruption.Registration late = shell.interruption().whenLate(receiver::close)) {
      endWith(sender, receiver);
      try {
        open(receiver);
        sender.connectTo(receiver.addresses().get(0));
        introduce(sender, receiver);
        ended = loop(receiver, tally);
        if (!receiver.end().equals(Optional.of(StreamEnd.GOODBYE))) {
          sender.stop();
        }
        sender.awaitEnd();
      } finally {
        receiver.close();
        tally.close(receiver.stats());
        FrameSink.closeAll(opened, extras);
      }
      sent = summary(sender);
      extras.put("sender", sent);
    }
    return ended;
  }

  private List<String> flags() {
    List<String> flags = new ArrayList<>();
    add(flags, "--source", source.source);
    add(flags, "--fps", source.framesPerSecond);
    add(flags, "--resize", source.percent);
    add(flags, "--frames", limits.frames);
    add(flags, "--seconds", limits.seconds);
    if (source.loop) {
      flags.add("--loop");
    }
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
        && sinks.check == null
        && !conduct.encodedOnly()
        && compression.conversion().isEmpty()
        && source.percent == null) {
      opened.add(new PatternCheck());
    }
    sinks.open(receiver, opened);
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

  /** A sender that is gone sends nothing: its goodbye has come, or never will. */
  private static void endWith(SenderProcess sender, FrameReceiver receiver) {
    sender.onExit(
        () ->
            CompletableFuture.delayedExecutor(LAST_FRAMES_MS, TimeUnit.MILLISECONDS)
                .execute(receiver::close));
  }

  private void introduce(SenderProcess sender, FrameReceiver receiver) {
    if (Progress.isShown(shell, output, sinks.takesTheTerminal())) {
      shell
          .err()
          .println(
              "Process "
                  + sender.pid()
                  + " sends "
                  + source.source
                  + " to process "
                  + ProcessHandle.current().pid()
                  + " at "
                  + receiver.addresses().get(0));
    }
    if (output.verbose) {
      shell.err().println(receiver.explain());
    }
  }

  private Map<?, ?> summary(SenderProcess sender) {
    if (output.verbose) {
      sender.complaints().forEach(line -> shell.err().println("sender: " + line));
    }
    Map<?, ?> summary = sender.summary();
    if (summary.get("error") instanceof String sentence && !shell.interruption().requested()) {
      if (sender.exitStatus() == ExitStatus.USAGE) {
        throw new IllegalArgumentException(sentence);
      }
      throw new StreamFailure(Ended.ERROR, sentence, null);
    }
    return summary;
  }

  private void print(PrintStream out, Tally tally, Ended ended) {
    if (sent != null) {
      DemoTable.of(sent, Summary.of(tally, ended, null, Map.of())).print(out);
    }
    FrameSink.print(opened, out);
    if (tally.started()) {
      out.println("First frame after " + tally.firstFrameMillis() + " ms.");
    }
  }
}
