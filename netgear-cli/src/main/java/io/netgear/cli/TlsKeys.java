package io.netgear.cli;

import io.netgear.transport.netty.TlsDirectory;
import io.netgear.transport.netty.TlsEntry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code netgear keys --tls} does: certificates, made and listed. */
final class TlsKeys {
  private final Shell shell;
  private final TlsDirectory directory;

  TlsKeys(Shell shell, Path place) {
    this.shell = shell;
    this.directory = TlsDirectory.at(place);
  }

  /**
   * Makes a certificate for this machine, or for another one.
   *
   * @param name of the other one's end; null for this machine
   * @return what to say of it
   */
  String make(String name, List<String> hosts, int days, boolean overwrite) {
    Duration validity = Duration.ofDays(days);
    if (name == null) {
      return directory.makeOwn(hosts, validity, overwrite)
          ? "Made. Ends on this machine find it by themselves"
              + (directory.root().equals(TlsDirectory.at(null).root())
                  ? "."
                  : " with --keys " + directory.root() + ".")
          : "This machine has a certificate already; --overwrite makes a new one.";
    }
    Path made = directory.makeFor(name, hosts, validity, overwrite);
    return "Copy the directory "
        + made
        + " to the machine of "
        + name
        + " as ~/.netgear/tls (or name it there with --keys), over a way that nobody listens to, and remove it here.";
  }

  void print(String said, boolean json) {
    List<TlsEntry> entries = directory.entries();
    PrintStream out = shell.out();
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("directory", directory.root().toString());
      map.put("said", said);
      map.put("files", entries.stream().map(TlsKeys::asMap).toList());
      out.println(Json.write(map));
      return;
    }
    out.println("Certificates in " + directory.root());
    if (entries.isEmpty()) {
      out.println("None yet: netgear keys make --tls");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (TlsEntry entry : entries) {
      rows.add(
          List.of(
              directory.root().relativize(entry.file()).toString(),
              entry.secret() ? "secret, stays here" : entry.subject(),
              String.join(" ", entry.hosts()),
              entry.until().map(until -> "until " + day(until)).orElse(""),
              entry.permissions(),
              entry.trouble().orElse("")));
    }
    new Table(List.of("file", "of", "for", "good", "permissions", ""), rows).print(out);
    for (TlsEntry entry : entries) {
      if (entry.file().equals(directory.root().resolve("ca.crt"))) {
        out.println("SHA-256 of ca.crt: " + entry.fingerprint());
      }
    }
    if (said != null) {
      out.println(said);
    }
  }

  private static String day(Instant moment) {
    return moment.truncatedTo(ChronoUnit.DAYS).toString().substring(0, "2026-11-23".length());
  }

  private static Map<String, Object> asMap(TlsEntry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", entry.file().toString());
    map.put("secret", entry.secret());
    map.put("subject", entry.subject());
    map.put("hosts", entry.hosts());
    map.put("until", entry.until().map(Instant::toString).orElse(null));
    map.put("fingerprint", entry.fingerprint());
    map.put("permissions", entry.permissions());
    map.put("trouble", entry.trouble().orElse(null));
    return map;
  }
}
