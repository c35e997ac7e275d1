/** Frames over ZeroMQ: provides the transport {@code zmq}. */
module io.netgear.transport.zmq {
  requires transitive io.netgear;
  requires org.zeromq.jeromq;

  exports io.netgear.transport.zmq;

  provides io.netgear.spi.Transport with
      io.netgear.transport.zmq.ZmqTransport;
}
