package io.netgear.it.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A ZeroMQ socket with nothing of ours around it. It binds, whichever end it is, because JeroMQ by
 * itself now and then loses sight of a connection that it made (docs/transport-zmq.md, traps).
 * Requests are taken by a ROUTER, which sees their envelope: a Python sender's has a number of four
 * bytes and an empty delimiter.
 */
final class PlainSocket implements AutoCloseable {
  private final ZContext context = new ZContext();
  private final ZMQ.Socket socket;
  private final List<byte[]> envelope = new ArrayList<>();

  private PlainSocket(SocketType type) {
    socket = context.createSocket(type);
    socket.setLinger(0);
  }

  /** The receiver of frames; tells its address by {@link #address}. */
  static PlainSocket client(int pattern) {
    SocketType[] types = {SocketType.PAIR, SocketType.ROUTER, SocketType.SUB};
    PlainSocket client = new PlainSocket(types[pattern]);
    if (pattern == 2) {
      client.socket.setHWM(1);
      client.socket.subscribe(new byte[0]);
    }
    client.socket.bind("tcp://127.0.0.1:*");
    return client;
  }

  /** The sender of frames; tells its address by {@link #address}. */
  static PlainSocket server(int pattern) {
    SocketType[] types = {SocketType.PAIR, SocketType.REQ, SocketType.PUB};
    PlainSocket server = new PlainSocket(types[pattern]);
    if (pattern == 1) {
      server.socket.setReqRelaxed(true);
      server.socket.setReqCorrelate(true);
    } else if (pattern == 2) {
      server.socket.setHWM(1);
    }
    server.socket.bind("tcp://127.0.0.1:*");
    return server;
  }

  String address() {
    return socket.getLastEndpoint();
  }

  void send(List<byte[]> parts) {
    List<byte[]> all = new ArrayList<>(envelope);
    all.addAll(parts);
    for (int i = 0; i < all.size(); i++) {
      assertThat(socket.send(all.get(i), i + 1 < all.size() ? ZMQ.SNDMORE : 0)).isTrue();
    }
  }

  /** The parts of the next message, without its envelope; null when the time is over. */
  List<byte[]> receive(Duration limit) {
    socket.setReceiveTimeOut((int) limit.toMillis());
    byte[] first = socket.recv();
    if (first == null) {
      return null;
    }
    List<byte[]> parts = new ArrayList<>(List.of(first));
    while (socket.hasReceiveMore()) {
      parts.add(socket.recv());
    }
    if (socket.getSocketType() == SocketType.ROUTER) {
      assertThat(parts.get(1)).as("request number").hasSize(4);
      assertThat(parts.get(2)).as("delimiter").isEmpty();
      envelope.clear();
      envelope.addAll(parts.subList(0, 3));
      parts = parts.subList(3, parts.size());
    }
    return parts;
  }

  @Override
  public void close() {
    context.close();
  }
}
