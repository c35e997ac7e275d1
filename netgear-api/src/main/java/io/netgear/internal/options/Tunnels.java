package io.netgear.internal.options;

import io.netgear.Address;
import io.netgear.internal.Tunnelling;
import io.netgear.spi.TunnelProvider;
import io.netgear.spi.TunnelSpec;
import java.nio.file.Path;
import java.time.Duration;

/** Puts a tunnel's settings together, and explains them. */
final class Tunnels {
  private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(1);
  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(15);

  private final Values values;
  private final Explanation explanation;

  Tunnels(Values values, Explanation explanation) {
    this.values = values;
    this.explanation = explanation;
  }

  /**
   * To {@code target}. A server that went silent is noticed within one and a half request timeouts,
   * so that a sender's retries outlast it; a broken session is tried again for as long as these
   * last.
   */
  Tunnelling to(
      TunnelProvider provider, Address target, Duration requestTimeout, long retries, String name) {
    Bastion bastion = values.get(Option.SSH_TUNNEL_MODE, Bastion.class, null);
    String password = values.get(Option.SSH_TUNNEL_PWD, String.class, null);
    Path keyFile = values.get(Option.SSH_TUNNEL_KEYFILE, Path.class, null);
    Path knownHosts =
        values.get(
            Option.SSH_KNOWN_HOSTS,
            Path.class,
            Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
    explain(Option.SSH_TUNNEL_MODE, bastion);
    if (password != null) {
      explain(Option.SSH_TUNNEL_PWD, values.shown(Option.SSH_TUNNEL_PWD));
    }
    if (keyFile != null) {
      explain(Option.SSH_TUNNEL_KEYFILE, keyFile);
    }
    explain(Option.SSH_KNOWN_HOSTS, knownHosts);
    return new Tunnelling(
        provider,
        new TunnelSpec(
            bastion.user(),
            bastion.host(),
            bastion.port(),
            password,
            keyFile,
            knownHosts,
            target,
            keepAlive(requestTimeout),
            requestTimeout.multipliedBy(retries),
            name));
  }

  private static Duration keepAlive(Duration requestTimeout) {
    Duration half = requestTimeout.dividedBy(2);
    if (half.compareTo(SHORTEST_KEEP_ALIVE) < 0) {
      return SHORTEST_KEEP_ALIVE;
    }
    return half.compareTo(LONGEST_KEEP_ALIVE) > 0 ? LONGEST_KEEP_ALIVE : half;
  }

  private void explain(Option option, Object value) {
    explanation.add(option, value, values.origin(option, "default"));
  }
}
