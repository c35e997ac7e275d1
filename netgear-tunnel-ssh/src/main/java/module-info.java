/** A sender's way through an SSH server: provides the tunnel {@code ssh}. */
module io.netgear.tunnel.ssh {
  requires io.netgear;
  requires com.jcraft.jsch;

  provides io.netgear.spi.TunnelProvider with
      io.netgear.tunnel.ssh.SshTunnelProvider;
}
