package io.netgear.it.alive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes TCP connections on to a port of the loopback interface, until it is told to pass nothing
 * on any more. The connections stay open then, as they do when a host is gone without a word.
 */
final class Tunnel implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Tunnel.class.getName());

  private final ServerSocket entrance;
  private final int target;
  private final List<Way> ways = new CopyOnWriteArrayList<>();

  private static final class Way {
    private final Socket from;
    private final Socket to;
    private boolean frozen;

    Way(Socket from, Socket to) {
      this.from = from;
      this.to = to;
    }

    synchronized void freeze(boolean wanted) {
      frozen = wanted;
      notifyAll();
    }

    synchronized void pass() throws InterruptedException {
      while (frozen && !from.isClosed()) {
        wait();
      }
    }

    void close() {
      try (from;
          to) {
        freeze(false);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "A connection was closed already.", e);
      }
    }
  }

  Tunnel(String address) throws IOException {
    target = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("entrance", this::accept);
  }

  /** Where to connect to. */
  String address() {
    return "tcp://127.0.0.1:" + entrance.getLocalPort();
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "tunnel-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket from = entrance.accept();
        Way way = new Way(from, new Socket(InetAddress.getLoopbackAddress(), target));
        ways.add(way);
        start("there", () -> pass(way, way.from, way.to));
        start("back", () -> pass(way, way.to, way.from));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "A connection came to nothing.", e);
      }
    }
  }

  private static void pass(Way way, Socket source, Socket sink) {
    byte[] bytes = new byte[65536];
    try (InputStream in = source.getInputStream();
        OutputStream out = sink.getOutputStream()) {
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        way.pass();
        out.write(bytes, 0, read);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection ended.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on nothing passes the connections that there are; further ones work. */
  void freeze() {
    ways.forEach(way -> way.freeze(true));
  }

  /** What is stuck goes on. */
  void thaw() {
    ways.forEach(way -> way.freeze(false));
  }

  /** How many connections were made. */
  int connections() {
    return ways.size();
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ways.forEach(Way::close);
  }
}
