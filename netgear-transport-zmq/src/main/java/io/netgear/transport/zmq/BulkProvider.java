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
  private final LastLook lastLook;
  private final boolean letsIn;

  /**
   * For the connections of one socket.
   *
   * @param gate what they write passes through it
   * @param lastLook what those that this end makes wait for when they have ended
   * @param letsIn whether it is this end whose READY completes a handshake
   */
  BulkProvider(OutboundGate gate, LastLook lastLook, boolean letsIn) {
    this.gate = gate;
    this.lastLook = lastLook;
    this.letsIn = letsIn;
  }

  /** From a stranger, whose handshake is followed. */
  BulkChannel accepted(SocketChannel inner) {
    return new BulkChannel(
        this, inner, gate, null, letsIn ? null : new Handshake(), letsIn ? new Handshake() : null);
  }

  @Override
  public SocketChannel openSocketChannel() throws IOException {
    return new BulkChannel(this, jdk.openSocketChannel(), gate, lastLook, null, null);
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
