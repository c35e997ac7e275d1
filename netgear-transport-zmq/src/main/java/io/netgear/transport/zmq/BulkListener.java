package io.netgear.transport.zmq;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;

/** Accepts connections as {@link BulkChannel}s. */
final class BulkListener extends ServerSocketChannel {
  private final BulkProvider provider;
  private final ServerSocketChannel inner;

  BulkListener(BulkProvider provider, ServerSocketChannel inner) {
    super(provider);
    this.provider = provider;
    this.inner = inner;
  }

  ServerSocketChannel inner() {
    return inner;
  }

  @Override
  public SocketChannel accept() throws IOException {
    SocketChannel accepted = inner.accept();
    return accepted == null ? null : provider.accepted(accepted);
  }

  @Override
  public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
    ServerSocketChannel unused = inner.bind(local, backlog);
    return this;
  }

  @Override
  public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    ServerSocketChannel unused = inner.setOption(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return inner.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return inner.supportedOptions();
  }

  @Override
  public ServerSocket socket() {
    return inner.socket();
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return inner.getLocalAddress();
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    inner.close();
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    SelectableChannel unused = inner.configureBlocking(block);
  }
}
