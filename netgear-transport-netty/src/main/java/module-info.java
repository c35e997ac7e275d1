/** Frames over the wire of ZeroMQ by Netty: provides the transport {@code netty}. */
module io.netgear.transport.netty {
  requires transitive io.netgear;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires jdk.net;

  exports io.netgear.transport.netty;

  provides io.netgear.spi.Transport with
      io.netgear.transport.netty.NettyTransport;
}
