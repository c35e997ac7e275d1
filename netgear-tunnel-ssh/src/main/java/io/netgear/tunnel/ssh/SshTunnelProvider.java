package io.netgear.tunnel.ssh;

import com.jcraft.jsch.JSch;
import io.netgear.TransportException;
import io.netgear.spi.Availability;
import io.netgear.spi.Tunnel;
import io.netgear.spi.TunnelProvider;
import io.netgear.spi.TunnelSpec;
import java.util.function.Consumer;

/** Tunnels through SSH servers, found by the name {@code ssh}. */
public final class SshTunnelProvider implements TunnelProvider {
  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("jsch " + JSch.VERSION);
  }

  @Override
  public Tunnel open(TunnelSpec spec, Consumer<TransportException> failed) {
    return SshTunnel.open(spec, failed);
  }
}
