package io.netgear.transport.zmq;

import java.net.SocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.HashSet;
import java.util.Set;
import zmq.Options;
import zmq.io.net.Address.IZAddress;
import zmq.io.net.SelectorProviderChooser;

/**
 * Makes the first attempt to connect to each address fail, and all until {@link #allow}, so that
 * JeroMQ connects from a timer while nothing else goes on.
 *
 * <p>When a connection is established in the same turn of JeroMQ's I/O thread in which commands are
 * read, two handles for it meet in a table, and dropping the old one silences the new one too: the
 * connection is dead until its handshake times out, with all that was queued. That was one opening
 * in thirty on one machine. {@link ConnectionWatch} looks for the rest.
 */
final class SecondAttempt implements SelectorProviderChooser {
  private final Set<SocketAddress> tried = new HashSet<>();
  private boolean allowed;

  /** All addresses were handed to JeroMQ. */
  void allow() {
    synchronized (tried) {
      allowed = true;
    }
  }

  @Override
  public SelectorProvider choose(IZAddress address, Options options) {
    synchronized (tried) {
      if (tried.add(address.address()) || !allowed) {
        throw new LeftOut();
      }
    }
    return SelectorProvider.provider();
  }

  /** Nothing is wrong; costs no stack trace. */
  private static final class LeftOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeftOut() {
      super("This attempt is left out.", null, false, false);
    }
  }
}
