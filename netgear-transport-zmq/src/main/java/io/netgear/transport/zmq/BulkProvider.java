package io.netgear.transport.zmq;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** The JDK's provider, whose connections are {@link BulkChannel}s. */
final class BulkProvider extends SelectorProvider {
  private final SelectorProvider jdk = SelectorProvider.provider();
  private final OutboundGate gate;
  private final boolean letsIn;

  /**
   * For the connections of one socket.
   *
   * @param gate what they write passes through it
   * @param letsIn whether it is this end whose READY completes a handshake
   */
  BulkProvider(OutboundGate gate, boolean letsIn) {
    this.gate = gate;
    this.letsIn = letsIn;
  }

  /** From a stranger, whose handshake is followed. */
  BulkChannel accepted(SocketChannel inner) {
    return new BulkChannel(
        this, inner, gate, letsIn ? null : new Handshake(), letsIn ? new Handshake() : null);
  }

  @Override
  public SocketChannel openSocketChannel() throws IOException {
    return new BulkChannel(this, jdk.openSocketChannel(), gate, null, null);
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() throws IOException {
    return new BulkListener(this, jdk.openServerSocketChannel());
  }

  @Override
  public AbstractSelector openSelector() throws IOException {
    return new PatientSelector(jdk);
  }

  @Override
  public Pipe openPipe() throws IOException {
    return jdk.openPipe();
  }

  @Override
  public DatagramChannel openDatagramChannel() throws IOException {
    return jdk.openDatagramChannel();
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
    return jdk.openDatagramChannel(family);
  }
}
