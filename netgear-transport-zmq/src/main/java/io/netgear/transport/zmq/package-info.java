/**
 * The transport {@code zmq}: ZeroMQ over tcp, through JeroMQ, of which nothing is visible outside.
 */
package io.netgear.transport.zmq;
