package io.netgear.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
public final class Ports {
  private Ports() {}

  /** One that nobody listens at. Whoever binds port 0 itself need not ask. */
  public static int free() {
    try (ServerSocket socket = taken(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes a port.
   *
   * @param port 0 for any free one
   * @throws IOException if somebody else has it
   */
  public static ServerSocket taken(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
