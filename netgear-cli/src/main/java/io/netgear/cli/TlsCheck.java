package io.netgear.cli;

import io.netgear.Address;
import io.netgear.NetGearException;
import io.netgear.transport.netty.TlsDirectory;
import io.netgear.transport.netty.TlsEntry;
import io.netgear.transport.netty.TlsSecurity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Looks at the certificates that an end at {@code tls://} addresses needs, and speaks TLS with them
 * as it would. Makes none.
 *
 * @param place their directory; null for the one in the user's home
 * @param findings told of what is found
 */
record TlsCheck(Path place, Consumer<Finding> findings) {
  private static final String KEYS = "keys";

  void look() {
    TlsDirectory directory = TlsDirectory.at(place);
    try {
      List<TlsEntry> entries = directory.entries();
      for (String name : List.of("ca.crt", "own.crt", "own.key")) {
        look(directory.root().resolve(name), entries);
      }
    } catch (NetGearException e) {
      findings.accept(
          Finding.problem(KEYS, e.getMessage(), "make " + directory.root() + " readable"));
    }
  }

  private void look(Path file, List<TlsEntry> entries) {
    Optional<TlsEntry> found =
        entries.stream().filter(entry -> entry.file().equals(file)).findFirst();
    findings.accept(
        found
            .map(TlsCheck::finding)
            .orElseGet(
                () ->
                    Finding.problem(
                        KEYS,
                        file + " is missing",
                        "netgear keys --tls on one machine, netgear keys make --tls --name there for"
                            + " the others, and copy: docs/tls.md has the steps")));
  }

  private static Finding finding(TlsEntry entry) {
    if (entry.trouble().isPresent()) {
      String trouble = entry.file() + ": " + entry.trouble().get();
      return entry.secret() && trouble.contains("chmod")
          ? Finding.warning(KEYS, trouble, "and a new key if someone may have read it")
          : Finding.problem(KEYS, trouble, "make it anew, or copy it again: docs/tls.md");
    }
    return Finding.ok(
        KEYS,
        entry.secret()
            ? entry.file() + ": a secret key that its owner alone can read"
            : entry.file()
                + ": of '"
                + entry.subject()
                + "'"
                + (entry.hosts().isEmpty() ? "" : ", for " + String.join(", ", entry.hosts()))
                + entry.until().map(until -> ", good until " + until).orElse(""));
  }

  /**
   * How to speak TLS to {@code address} as such an end would.
   *
   * @throws NetGearException if a certificate or key is missing or not in order
   */
  PeerGreeting.Inside to(Address address) {
    SSLContext context = TlsSecurity.in(place).context();
    return connected -> {
      SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(connected, address.host(), address.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    };
  }
}
