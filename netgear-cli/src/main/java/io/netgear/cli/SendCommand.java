package io.netgear.cli;

import io.netgear.Address;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.SenderBuilder;
import io.netgear.video.javacv.FrameSource;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netgear send}. */
@Command(
    name = "send",
    description = "Sends a source's frames to a receiver.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("try") // registrations and progress are held, not used
final class SendCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin SourceFlags source = new SourceFlags();
  @Mixin LimitFlags limits = new LimitFlags();
  @Mixin EndpointFlags endpoint = new EndpointFlags();
  @Mixin DeliveryFlags delivery = new DeliveryFlags();
  @Mixin SshFlags ssh = new SshFlags();
  @Mixin CompressionFlags compression = new CompressionFlags();
  @Mixin WebFlags web = new WebFlags();
  @Mixin OutputFlags output = new OutputFlags();

  @Option(names = "--bidirectional", description = "Take data or frames back with each answer.")
  boolean bidirectional;

  @Option(
      names = "--attached",
      hidden = true,
      description = "Read the address from the first line of input, and stop where input ends.")
  boolean attached;

  SendCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new Report("sender", shell, output).of(this::stream);
  }

  private Ended stream(Tally tally, Map<String, Object> extras) {
    limits.check();
    Object attachment = delivery.attachment();
    SenderBuilder builder = builder();
    try (FrameSource frames =
        source.open(
            compression.pixelFormat(endpoint.conduct.option("jpeg_compression")),
            compression.conversion())) {
      if (attached) {
        builder.address(new Leash(shell).address());
      }
      Departures departures = new Departures();
      FrameSender sender = endpoint.conduct.opened(builder.onEvent(departures)::open);
      SendLoop loop =
          new SendLoop(frames, sender, attachment, limits, shell.interruption(), departures);
      try (sender;
          Interruption.Registration late =
              shell
                  .interruption()
                  .whenLate(
                      () -> {
                        sender.close();
                        frames.close();
                      });
          Progress progress = Progress.of(shell, output, false, tally.role(), sender::stats)) {
        if (output.verbose) {
          shell.err().println(sender.explain());
        }
        announce(sender);
        return loop.run(tally);
      } finally {
        sender.close();
        tally.close(sender.stats());
        loop.describe(extras);
      }
    }
  }

  private void announce(FrameSender sender) {
    if (!web.web) {
      return;
    }
    if (output.jsonEvents) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", "ready");
      event.put("addresses", sender.addresses().stream().map(Address::toString).toList());
      event.put("web", sender.webAddresses().stream().map(URI::toString).toList());
      shell.out().println(Json.write(event));
      shell.out().flush();
    } else {
      WebFlags.announce(sender.webAddresses(), shell.err());
    }
  }

  private SenderBuilder builder() {
    SenderBuilder builder = NetGear.sender();
    web.suggest(builder);
    if (web.web && endpoint.connect == null) {
      builder.bind();
    }
    endpoint.apply(builder);
    web.apply(builder);
    ssh.apply(builder, shell);
    compression.apply(builder, endpoint.conduct);
    delivery.apply(builder);
    Assignments.to(builder).set("bidirectional_mode", bidirectional);
    return builder;
  }
}
