package io.netgear.transport.zmq;

/** The release of JeroMQ whose inner workings this module was written against. */
final class JeroMqVersion {
  static final String TEXT = "0.6.0";

  private JeroMqVersion() {}
}
