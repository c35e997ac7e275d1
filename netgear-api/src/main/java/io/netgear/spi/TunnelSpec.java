package io.netgear.spi;

import io.netgear.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * All that is needed to open a tunnel. Prints without its password.
 *
 * @param user whom to log in as
 * @param host the server in between
 * @param port its port
 * @param password of the user, or what unlocks an encrypted key file; null for none
 * @param keyFile a private key; null for none in particular
 * @param knownHosts the file of servers' keys that are trusted; a server that is not in it is
 *     refused
 * @param target where the tunnel leads, as the server in between sees it; of its protocol nothing
 *     is taken but that it is on top of tcp
 * @param keepAlive after how long without a byte from the server it is asked for one; three such
 *     times without any, and the session is broken
 * @param patience how long a broken session is tried again; zero for ever
 * @param name for threads and log lines
 */
public record TunnelSpec(
    String user,
    String host,
    int port,
    String password,
    Path keyFile,
    Path knownHosts,
    Address target,
    Duration keepAlive,
    Duration patience,
    String name) {
  /** Checks that all is there that must be. */
  public TunnelSpec {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(knownHosts, "knownHosts");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(keepAlive, "keepAlive");
    Objects.requireNonNull(patience, "patience");
    Objects.requireNonNull(name, "name");
  }

  /** The server in between, {@code user@host:port}. */
  public String server() {
    return user + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Where from and where to, never how: secrets do not print. */
  @Override
  public String toString() {
    return "tunnel through " + server() + " to " + target;
  }
}
