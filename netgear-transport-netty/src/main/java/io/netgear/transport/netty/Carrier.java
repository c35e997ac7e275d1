package io.netgear.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/** The means by which Netty talks to the system: Linux's epoll, or the JDK's NIO. */
enum Carrier {
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    ServerChannel server(boolean unix) {
      return unix ? new EpollServerDomainSocketChannel() : new EpollServerSocketChannel();
    }

    @Override
    Channel client(boolean unix) {
      return unix ? new EpollDomainSocketChannel() : new EpollSocketChannel();
    }

    @Override
    SocketAddress file(Path path) {
      return new DomainSocketAddress(path.toString());
    }

    @Override
    Map<ChannelOption<Integer>, Integer> keepAlive() {
      return Map.of(
          EpollChannelOption.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS,
          EpollChannelOption.TCP_KEEPINTVL, KEEP_ALIVE_SECONDS,
          EpollChannelOption.TCP_KEEPCNT, KEEP_ALIVE_PROBES);
    }
  },
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    ServerChannel server(boolean unix) {
      return unix ? new NioServerDomainSocketChannel() : new NioServerSocketChannel();
    }

    @Override
    Channel client(boolean unix) {
      return unix ? new NioDomainSocketChannel() : new NioSocketChannel();
    }

    @Override
    SocketAddress file(Path path) {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    Map<ChannelOption<Integer>, Integer> keepAlive() {
      return Map.of(
          option(ExtendedSocketOptions.TCP_KEEPIDLE), KEEP_ALIVE_SECONDS,
          option(ExtendedSocketOptions.TCP_KEEPINTERVAL), KEEP_ALIVE_SECONDS,
          option(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEP_ALIVE_PROBES);
    }

    private static ChannelOption<Integer> option(SocketOption<Integer> option) {
      return NioChannelOption.of(option);
    }
  };

  private static final int KEEP_ALIVE_SECONDS = 5;
  private static final int KEEP_ALIVE_PROBES = 3;

  /** The better one of those that work here. */
  static Carrier best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  /** Which one it is, and why it is not epoll, for users. */
  String describe() {
    if (this == EPOLL) {
      return "epoll";
    }
    Throwable why = Epoll.unavailabilityCause();
    return why == null ? "NIO" : "NIO (no epoll: " + Words.innermost(why) + ")";
  }

  abstract IoHandlerFactory handlers();

  abstract ServerChannel server(boolean unix);

  abstract Channel client(boolean unix);

  /** A Unix domain socket's address. */
  abstract SocketAddress file(Path path);

  abstract Map<ChannelOption<Integer>, Integer> keepAlive();

  /** Finds out soon that a host is gone, at no cost to anybody. */
  void keepAlive(ChannelConfig config) {
    keepAlive().forEach(config::setOption);
  }
}
