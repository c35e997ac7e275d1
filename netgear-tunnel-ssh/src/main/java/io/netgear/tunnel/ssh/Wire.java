package io.netgear.tunnel.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * The TCP connection to an SSH server: knows when the server was last heard, tells when it ended,
 * and can be torn away from any thread, whatever else is blocked in it.
 *
 * <p>Jsch sends its keep-alive on the thread that reads, and that blocks while another thread fills
 * the connection; so what decides on a dead server is how long nothing was heard.
 */
final class Wire implements SocketFactory {
  private static final int CONNECT_MS = 10_000;

  private final Runnable ended;
  private volatile long heardNs = System.nanoTime();
  private volatile boolean delivering;
  private volatile boolean over;
  private Socket socket;
  private IOException failure;

  /**
   * @param ended called when no more will be heard; on the session's thread or the closing one
   */
  Wire(Runnable ended) {
    this.ended = ended;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    try {
      return connect(host, port);
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
      }
      throw e;
    }
  }

  private Socket connect(String host, int port) throws IOException {
    IOException last = null;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket attempt = new Socket();
      synchronized (this) {
        if (over) {
          throw new SocketException("closed");
        }
        socket = attempt;
      }
      try {
        attempt.setTcpNoDelay(true);
        attempt.connect(new InetSocketAddress(address, port), CONNECT_MS);
        heardNs = System.nanoTime();
        return attempt;
      } catch (IOException e) {
        attempt.close();
        last = e;
      }
    }
    throw last == null ? new IOException("it has no address") : last;
  }

  /** Why no connection came about; null when one did. */
  synchronized IOException failure() {
    return failure;
  }

  @Override
  public InputStream getInputStream(Socket from) throws IOException {
    return new FilterInputStream(from.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        try {
          count = in.read(into, offset, length);
        } catch (java.net.SocketTimeoutException e) { // jsch asks for a sign of life then
          throw e;
        } catch (IOException e) {
          end();
          throw e;
        }
        if (count < 0) {
          end();
        } else {
          heardNs = System.nanoTime();
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream(Socket to) throws IOException {
    return to.getOutputStream();
  }

  /**
   * Whether nothing was heard for so long, though the session's thread listened: while it hands
   * bytes on to a connection that takes them slowly, it cannot.
   */
  boolean silentFor(long nanos) {
    return !delivering && System.nanoTime() - heardNs > nanos;
  }

  /** The session's thread is busy handing on, or listens again. */
  void delivering(boolean busy) {
    heardNs = System.nanoTime();
    delivering = busy;
  }

  /** Whether it has ended. */
  boolean over() {
    return over;
  }

  private void end() {
    over = true;
    ended.run();
  }

  /** Tears it away; wakes whoever is blocked in it. */
  void close() {
    Socket open;
    synchronized (this) {
      over = true;
      open = socket;
    }
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      System.getLogger("io.netgear.tunnel.ssh")
          .log(System.Logger.Level.DEBUG, "An SSH connection did not close well.", e);
    }
    ended.run();
  }
}
