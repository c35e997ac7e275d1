package io.netgear.transport.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** An end that is not ours, bound to a free port, for {@link ConversationRecorder}. */
abstract class ZmtpEnd implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of();

  /** Where it is bound. */
  abstract String endpoint();

  abstract void send(List<byte[]> parts);

  /** The next message, without the envelope if it is a ROUTER's, who keeps it for its answer. */
  abstract List<byte[]> receive();

  abstract void subscribe(byte[] topic);

  abstract void unsubscribe(byte[] topic);

  @Override
  public abstract void close();

  int port() {
    String endpoint = endpoint();
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  /** By src/test/python/zmtp_end.py; options as {@code HEARTBEAT_IVL=200}. */
  static ZmtpEnd ofLibzmq(String type, List<String> options) throws IOException {
    List<String> line =
        new ArrayList<>(List.of("/usr/bin/python3", "src/test/python/zmtp_end.py", type));
    line.addAll(options);
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new LibzmqEnd(process);
  }

  static ZmtpEnd ofJeromq(String type, List<String> options) {
    return new JeromqEnd(SocketType.valueOf(type), options);
  }

  private static final class LibzmqEnd extends ZmtpEnd {
    private final Process process;
    private final BufferedReader told;
    private final Writer orders;
    private final String endpoint;

    LibzmqEnd(Process process) throws IOException {
      this.process = process;
      told = process.inputReader(StandardCharsets.US_ASCII);
      orders = process.outputWriter(StandardCharsets.US_ASCII);
      endpoint = told.readLine();
    }

    private void order(String word, List<byte[]> parts) {
      StringBuilder line = new StringBuilder(word);
      parts.forEach(part -> line.append(' ').append(part.length == 0 ? "-" : HEX.formatHex(part)));
      try {
        orders.write(line.append('\n').toString());
        orders.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    String endpoint() {
      return endpoint;
    }

    @Override
    void send(List<byte[]> parts) {
      order("send", parts);
    }

    @Override
    List<byte[]> receive() {
      order("receive", List.of());
      try {
        return Arrays.stream(told.readLine().split(" "))
            .map(part -> part.equals("-") ? new byte[0] : HEX.parseHex(part))
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    void subscribe(byte[] topic) {
      order("SUBSCRIBE", List.of(topic));
    }

    @Override
    void unsubscribe(byte[] topic) {
      order("UNSUBSCRIBE", List.of(topic));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static final class JeromqEnd extends ZmtpEnd {
    private final ZContext context = new ZContext();
    private final ZMQ.Socket socket;
    private final List<byte[]> envelope = new ArrayList<>();

    JeromqEnd(SocketType type, List<String> options) {
      socket = context.createSocket(type);
      socket.setLinger(0);
      socket.setReceiveTimeOut(10_000);
      for (String option : options) {
        switch (option) {
          case "REQ_CORRELATE=1" -> socket.setReqCorrelate(true);
          case "REQ_RELAXED=1" -> socket.setReqRelaxed(true);
          case "HEARTBEAT_IVL=200" -> socket.setHeartbeatIvl(200);
          default -> throw new IllegalArgumentException(option);
        }
      }
      socket.bind("tcp://127.0.0.1:*");
    }

    @Override
    String endpoint() {
      return socket.getLastEndpoint();
    }

    @Override
    void send(List<byte[]> parts) {
      List<byte[]> all = new ArrayList<>(envelope);
      all.addAll(parts);
      for (int i = 0; i < all.size(); i++) {
        socket.send(all.get(i), i + 1 < all.size() ? ZMQ.SNDMORE : 0);
      }
    }

    @Override
    List<byte[]> receive() {
      List<byte[]> parts = new ArrayList<>();
      do {
        parts.add(socket.recv());
      } while (socket.hasReceiveMore());
      if (socket.getSocketType() == SocketType.ROUTER) {
        int delimiter = 0;
        while (parts.get(delimiter).length > 0) {
          delimiter++;
        }
        envelope.clear();
        envelope.addAll(parts.subList(0, delimiter + 1));
        return parts.subList(delimiter + 1, parts.size());
      }
      return parts;
    }

    @Override
    void subscribe(byte[] topic) {
      socket.subscribe(topic);
      tellConnections();
    }

    /** Of what was subscribed, also those that have come meanwhile. */
    private void tellConnections() {
      try (ZMQ.Poller poller = context.createPoller(1)) {
        poller.register(socket, ZMQ.Poller.POLLIN);
        poller.poll(500);
      }
    }

    @Override
    void unsubscribe(byte[] topic) {
      socket.unsubscribe(topic);
      tellConnections();
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
