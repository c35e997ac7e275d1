package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.TransportException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** One address at which peers are accepted. */
final class Acceptor {
  private static final int LOWEST_FREE = 1024;
  private static final int HIGHEST_PORT = 65_535;
  private static final int MOST_TRIES = 100;
  private static final int BACKLOG = 256;

  private final Channel channel;
  private final Address address;

  private Acceptor(Channel channel, Address address) {
    this.channel = channel;
    this.address = address;
  }

  /**
   * Binds {@code address}.
   *
   * @throws TransportException if it cannot be bound
   */
  static Acceptor bind(LinkLoop loop, Address address) {
    if (!Places.isFile(address)) {
      SocketAddress place = Places.of(address, true, loop.carrier()).get(0);
      Channel channel = bind(loop, address, place);
      int port = ((InetSocketAddress) channel.localAddress()).getPort();
      return new Acceptor(channel, address.withPort(port));
    }
    Address named = address.port() == 0 ? free(address) : address;
    Path path = Places.file(named);
    SocketFile.prepare(named, path);
    Channel channel = bind(loop, named, loop.carrier().file(path));
    return new Acceptor(channel, named);
  }

  /** With the number of a file that there is not. */
  private static Address free(Address address) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Address tried =
          address.withPort(ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_PORT + 1));
      if (!Places.file(tried).toFile().exists()) {
        return tried;
      }
    }
    throw new TransportException(
        "Cannot bind "
            + address
            + ": "
            + MOST_TRIES
            + " numbers at random are all taken. Remove the sockets that nobody uses, or name a port.");
  }

  private static Channel bind(LinkLoop loop, Address address, SocketAddress place) {
    boolean unix = Places.isFile(address);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop.group())
            .channelFactory(() -> loop.carrier().server(unix))
            .childHandler(loop.initializer(address, null))
            .option(ChannelOption.SO_BACKLOG, BACKLOG);
    if (!unix) {
      bootstrap.option(ChannelOption.SO_REUSEADDR, true);
    }
    ChannelFuture bound = bootstrap.bind(place).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new TransportException(
          "Cannot bind " + address + ": " + reason(address, bound.cause()), bound.cause());
    }
    return bound.channel();
  }

  private static String reason(Address address, Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("in use")) {
      return "the address is in use - is another receiver running? Stop it, or choose another port.";
    }
    if (lower.contains("permission")) {
      return Places.isFile(address)
          ? "this user may not make a file there. Choose a directory of its own."
          : "this user may not open port " + address.port() + ". Choose one above 1023.";
    }
    if (lower.contains("assign")) {
      return "this machine has no such address. Use one of its own, or * for all of them.";
    }
    return text;
  }

  /** As it was bound. */
  Address address() {
    return address;
  }

  /** Where that is, for the system. */
  SocketAddress place() {
    return channel.localAddress();
  }

  /** Takes no further peers. */
  void close() {
    ChannelFuture unused = channel.close();
  }
}
