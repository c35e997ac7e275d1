package io.netgear.cli;

import io.netgear.transport.zmq.CurveKey;
import io.netgear.transport.zmq.KeyDirectory;
import io.netgear.transport.zmq.KeyEntry;
import io.netgear.transport.zmq.KeyOwner;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code netgear keys}: what {@code --secure} and {@code tls://} need, made on the machine that
 * owns it.
 */
@Command(
    name = "keys",
    description = "Makes and lists the keys of secure links, and with --tls the certificates.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class KeysCommand implements Callable<Integer> {
  /** What is to be done. */
  enum Action {
    MAKE,
    LIST
  }

  /** Whose keys a machine is to own. */
  enum Owners {
    SENDER(KeyOwner.SENDER),
    RECEIVER(KeyOwner.RECEIVER),
    BOTH(KeyOwner.SENDER, KeyOwner.RECEIVER);

    private final KeyOwner first;
    private final KeyOwner last;

    Owners(KeyOwner one) {
      this(one, one);
    }

    Owners(KeyOwner first, KeyOwner last) {
      this.first = first;
      this.last = last;
    }

    Set<KeyOwner> all() {
      return Set.copyOf(List.of(first, last).stream().distinct().toList());
    }
  }

  private static final int MOST_DAYS = 3650;

  private final Shell shell;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "make|list",
      description = "list unless told; with --tls make, which keeps what there is.")
  Action action;

  @Option(
      names = "--tls",
      description = "Certificates for tls:// addresses, and an authority to make them, instead.")
  boolean tls;

  @Option(
      names = "--host",
      split = ",",
      paramLabel = "HOST",
      description =
          "--tls: a name or address by which others reach the end, besides localhost. May be repeated.")
  List<String> hosts = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "--tls: make a directory of this name with all that another machine needs.")
  String name;

  @Option(
      names = "--days",
      defaultValue = "825",
      paramLabel = "N",
      description = "--tls: how long a certificate is good, 825 days unless told.")
  int days;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description =
          "Where .vidgear/keys is, or gets; the home directory unless told. --tls: ~/.netgear/tls.")
  Path keys;

  @Option(
      names = "--for",
      paramLabel = "sender|receiver|both",
      defaultValue = "BOTH",
      description = "Which end this machine is: make makes its keys alone. both unless told.")
  Owners owners;

  @Option(
      names = "--overwrite",
      description = "make: also over keys that there are, which are lost then.")
  boolean overwrite;

  @Option(names = "--json", description = "One JSON object on standard output.")
  boolean json;

  KeysCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (tls) {
      certificates();
    } else if (name != null || !hosts.isEmpty()) {
      throw new IllegalArgumentException(
          "--name and --host are about certificates: add --tls, or leave them out.");
    } else {
      curve();
    }
    shell.out().flush();
    return ExitStatus.FINE;
  }

  private void certificates() {
    if (!NetgearCommand.has("io.netgear.transport.netty.TlsDirectory")) {
      throw new IllegalArgumentException(
          "--tls makes certificates for transport netty, which is not here: add netgear-transport-netty.");
    }
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException(
          "--days is 1 to " + MOST_DAYS + ", got " + days + ": choose another number.");
    }
    TlsKeys certificates = new TlsKeys(shell, keys);
    certificates.print(
        action == Action.LIST ? null : certificates.make(name, hosts, days, overwrite), json);
  }

  private void curve() {
    KeyDirectory directory = KeyDirectory.at(keys);
    Set<KeyOwner> made = action == Action.MAKE ? directory.make(owners.all(), overwrite) : Set.of();
    List<KeyEntry> entries = directory.entries();
    if (json) {
      shell.out().println(Json.write(asMap(directory, made, entries)));
    } else {
      print(directory, made, entries);
    }
  }

  private Map<String, Object> asMap(
      KeyDirectory directory, Set<KeyOwner> made, List<KeyEntry> entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("directory", directory.root().toString());
    map.put("made", made.stream().sorted().map(owner -> word(owner)).toList());
    map.put("keys", entries.stream().map(KeysCommand::asMap).toList());
    Map<String, Object> missing = new LinkedHashMap<>();
    for (KeyOwner owner : KeyOwner.values()) {
      missing.put(word(owner), directory.missing(owner));
    }
    map.put("missing", missing);
    return map;
  }

  private static Map<String, Object> asMap(KeyEntry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", entry.file().toString());
    map.put("secret", entry.secret());
    map.put("public_key", entry.key().map(CurveKey::text).orElse(null));
    map.put("fingerprint", entry.key().map(CurveKey::fingerprint).orElse(null));
    map.put("permissions", entry.permissions());
    map.put("others_read", entry.othersRead());
    map.put("trouble", entry.trouble().orElse(null));
    return map;
  }

  private void print(KeyDirectory directory, Set<KeyOwner> made, List<KeyEntry> entries) {
    PrintStream out = shell.out();
    out.println("Keys in " + directory.root());
    if (entries.isEmpty()) {
      out.println("None yet: netgear keys make --for sender|receiver|both");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (KeyEntry entry : entries) {
      rows.add(
          List.of(
              entry.file().getFileName().toString(),
              entry.secret() ? "secret, stays here" : "public",
              entry.key().map(CurveKey::fingerprint).orElse("-"),
              entry.permissions(),
              entry.trouble().orElse("")));
    }
    new Table(List.of("file", "", "fingerprint", "permissions", ""), rows).print(out);
    for (KeyOwner owner : KeyOwner.values()) {
      for (String missing : directory.missing(owner)) {
        out.println("To be a " + word(owner) + " this machine lacks " + missing + ".");
      }
    }
    made.stream().sorted().forEach(owner -> out.println(advice(directory, owner)));
  }

  private static String advice(KeyDirectory directory, KeyOwner owner) {
    return owner == KeyOwner.RECEIVER
        ? "Made. Copy "
            + directory.publicFile(owner)
            + " into public_keys on each machine that sends to this one."
        : "Made. For secure mode 2 copy "
            + directory.publicFile(owner)
            + " into public_keys on the machine that receives, under a name of its own that ends in .key.";
  }

  private static String word(KeyOwner owner) {
    return owner == KeyOwner.SENDER ? "sender" : "receiver";
  }
}
