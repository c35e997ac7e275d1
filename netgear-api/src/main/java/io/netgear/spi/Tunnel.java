package io.netgear.spi;

import io.netgear.Address;

/**
 * A way from a port of this machine's loopback interface to one target, through a server in
 * between. Carries bytes and knows nothing of messages; any tcp transport may connect to it.
 *
 * <p>The port stays the same and stays taken for as long as the tunnel is open. While the way is
 * broken, connections to it wait or end, and the transport connects again.
 */
public interface Tunnel extends AutoCloseable {
  /** Where to connect instead of to the target. */
  Address local();

  /**
   * Ends the connections through it, after they have passed on what they hold or after a short
   * while, and frees port and threads. From any thread; a second call does nothing.
   */
  @Override
  void close();
}
