package io.netgear.tunnel.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on to a port, until told to hold them as a network does that lost its way. */
final class Relay implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Relay.class.getName());

  private final ServerSocket listener;
  private final int to;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Set<Socket> held = ConcurrentHashMap.newKeySet();
  private volatile int connections;

  Relay(int to) throws IOException {
    this.to = to;
    this.listener = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"));
    run(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections;
  }

  /** From now on nothing passes over the connections that there are, and none of them ends. */
  void holdWhatIsConnected() {
    held.addAll(sockets);
  }

  private static void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                LOG.log(Level.DEBUG, "A relayed connection ended.", e);
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Work {
    void run() throws IOException;
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket caller = listener.accept();
      Socket called = new Socket("127.0.0.1", to);
      sockets.add(caller);
      sockets.add(called);
      connections++;
      run(() -> pass(caller, called));
      run(() -> pass(called, caller));
    }
  }

  private void pass(Socket from, Socket onto) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = onto.getOutputStream();
    byte[] chunk = new byte[8_192];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      if (!held.contains(from)) {
        out.write(chunk, 0, count);
      }
    }
    if (!held.contains(from)) {
      onto.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
