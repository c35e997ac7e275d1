package io.netgear.cli;

import io.netgear.Address;
import io.netgear.EndpointBuilder;
import io.netgear.NetGear;
import io.netgear.ProviderNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netgear doctor}: looks, and says what to do. Sends no frame, makes no key. */
@Command(
    name = "doctor",
    description = "Checks address, port or peer, keys, clock and machine, and says what to do.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  private static final double LONGEST_S = 60;

  /** Which end is to be checked. */
  enum End {
    SENDER,
    RECEIVER;

    boolean sends() {
      return this == SENDER;
    }
  }

  private final Shell shell;
  private final List<Finding> findings = new ArrayList<>();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ADDRESS",
      description = "Where the peer is, as for send; with --bind, where to wait, as for recv.")
  String where;

  @Mixin EndpointFlags endpoint = new EndpointFlags();

  @Option(
      names = "--for",
      paramLabel = "sender|receiver",
      description = "Which end is checked: the receiver with --bind, else the sender, unless told.")
  End end;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "How long each answer may take, 3 seconds unless told.")
  Double timeout;

  @Mixin OutputFlags output = new OutputFlags();

  DoctorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    StandardErrorLoggers.verbose(output.verbose);
    Duration limit = limit();
    boolean addressed = takeAddress();
    boolean told = end != null || addressed;
    if (end == null) {
      end = endpoint.bind != null ? End.RECEIVER : End.SENDER;
    }
    InForce options = options();
    List<Address> addresses = options != null && addressed ? options.addresses() : List.of();
    if (options != null) {
      AddressCheck check = new AddressCheck(options, end.sends(), limit, directory(), this::found);
      addresses.forEach(check::look);
      if (!addressed) {
        found(
            Finding.ok(
                "address",
                "none was given, so no port and no peer was looked at: netgear doctor"
                    + " tcp://host:port asks a peer, netgear doctor --bind looks at a port here"));
      }
    }
    if (addresses.stream().anyMatch(AddressCheck::isTls)) {
      new TlsCheck(directory(), this::found).look();
    } else {
      keys(told ? end.sends() : null);
    }
    MachineCheck machine = new MachineCheck(this::found);
    machine.plugins(named(endpoint.conduct.transport, "zmq"), codec());
    machine.java(options == null ? 0 : Long.parseLong(options.value("memory_limit")));
    machine.temporaryFolder();
    machine.clocks();
    report(addresses);
    return count(Finding.Level.PROBLEM) > 0 ? ExitStatus.FAILED : ExitStatus.FINE;
  }

  private Duration limit() {
    if (timeout == null) {
      return Duration.ofSeconds(3);
    }
    if (!(timeout > 0 && timeout <= LONGEST_S)) {
      throw new IllegalArgumentException(
          "--timeout is more than 0 and at most 60 seconds, got " + timeout + ".");
    }
    return Duration.ofMillis(Math.max(1, (long) (timeout * 1000)));
  }

  /** Whether one was given at all. */
  private boolean takeAddress() {
    if (where != null) {
      if (endpoint.address != null) {
        throw new IllegalArgumentException(
            "Two addresses were given, '"
                + where
                + "' and --address '"
                + endpoint.address
                + "': leave one out.");
      }
      endpoint.address = where;
    }
    return endpoint.bind != null
        || endpoint.connect != null
        || endpoint.address != null
        || endpoint.port != null
        || endpoint.conduct.option("address") != null
        || endpoint.conduct.option("port") != null;
  }

  /** What such an end would have; null after having told that a plug-in is missing for it. */
  private InForce options() {
    EndpointBuilder<?> builder = end.sends() ? NetGear.sender() : NetGear.receiver();
    endpoint.apply(builder);
    try {
      String explanation = endpoint.conduct.opened(builder::explain);
      if (output.verbose) {
        shell.err().println(explanation);
      }
      return InForce.of(explanation);
    } catch (ProviderNotFoundException e) {
      found(Finding.problem("plugins", e.getMessage(), "netgear info lists what there is"));
      return null;
    }
  }

  private String codec() {
    return named(endpoint.conduct.codec, named(endpoint.conduct.option("codec"), "turbojpeg"));
  }

  /** Where keys and certificates are; null where nobody said. */
  private Path directory() {
    String place = named(endpoint.conduct.keys, endpoint.conduct.option("custom_cert_location"));
    return place == null ? null : Path.of(place);
  }

  /**
   * @param sends which end it is; null where neither address nor flag tells
   */
  private void keys(Boolean sends) {
    ConductFlags conduct = endpoint.conduct;
    String mode = named(named(conduct.secure, conduct.option("secure_mode")), "0");
    if (NetgearCommand.hasKeys()) {
      KeyCheck.of(
              directory(), sends, mode.matches("[12]") ? Integer.parseInt(mode) : 0, this::found)
          .look();
    }
  }

  private static String named(String told, String otherwise) {
    return told == null ? otherwise : told;
  }

  private void found(Finding finding) {
    findings.add(finding);
    if (!output.machineReadable()) {
      shell.out().println(finding.line());
      shell.out().flush();
    }
  }

  private void report(List<Address> addresses) {
    if (!output.machineReadable()) {
      return;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("addresses", addresses.stream().map(Address::toString).toList());
    map.put("checks", findings.stream().map(Finding::asMap).toList());
    map.put("warnings", count(Finding.Level.WARNING));
    map.put("problems", count(Finding.Level.PROBLEM));
    shell.out().println(Json.write(map));
    shell.out().flush();
  }

  private long count(Finding.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }
}
